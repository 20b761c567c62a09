"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";
import { count } from "../../format/money.ts";
import { request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Popover } from "../../ui/popover.tsx";
import { notify } from "../../ui/toast.tsx";
import { type GroupWords, PURPOSES, type Purpose } from "./group-data.ts";
import type { GroupPages } from "./use-group-pages.ts";

/** As many as one request takes. */
const AT_ONCE = 2_000;
const TAG_CHARS = 20;
const Changed = z.object({ changed: z.number() });

type Change = {
  readonly purpose?: Purpose | null;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
};

type Props = {
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
  pages: GroupPages;
  tags: GroupWords["tags"];
  onSorted: () => void;
};

/** Says of many groups at once what they are for. */
export function SortBar({ picked, onPick, pages, tags, onSorted }: Props) {
  const words = useTranslations("wecomDesk.sort");
  const purposes = useTranslations("wecomDesk.groups.purposes");
  const explain = useFailure();
  const [progress, setProgress] = useState<string | null>(null);
  const total = pages.page?.total.groups ?? 0;
  const pickAll = async () => {
    setProgress(words("loading", { done: count(pages.page?.groups.length ?? 0), total: count(total) }));
    const all = await pages.loadAll((done) =>
      setProgress(words("loading", { done: count(done), total: count(total) })),
    );
    setProgress(null);
    if (all) onPick(new Set(all.map(({ id }) => id)));
  };
  const sort = async (change: Change) => {
    const ids = [...picked];
    let changed = 0;
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      setProgress(words("sorting", { done: count(from), total: count(ids.length) }));
      const body = { ids: ids.slice(from, from + AT_ONCE), ...change };
      const reply = await request("/api/v1/wecom/groups", { method: "PATCH", body, shape: Changed });
      if (!reply.ok) {
        notify({
          tone: "air",
          title: explain(reply.failure),
          ...(changed > 0 ? { text: words("partly", { count: count(changed) }) } : {}),
        });
        setProgress(null);
        return onSorted();
      }
      changed += reply.value.changed;
    }
    setProgress(null);
    notify({ tone: "sure", title: words("sorted", { count: count(changed) }) });
    onPick(new Set());
    onSorted();
  };
  if (progress !== null)
    return (
      <p className="text-xs text-dim" role="status">
        {progress}
      </p>
    );
  if (picked.size === 0) {
    return total > 0 ? (
      <Button size="sm" look="ghost" onClick={() => void pickAll()}>
        {words("pickAll", { count: count(total) })}
      </Button>
    ) : null;
  }
  return (
    <div className="flex flex-wrap items-center gap-2" role="group" aria-label={words("label")}>
      <span className="text-sm font-medium">{words("picked", { count: count(picked.size) })}</span>
      <Menu
        align="start"
        items={[
          ...PURPOSES.map((purpose) => ({ label: purposes(purpose), onSelect: () => void sort({ purpose }) })),
          "line",
          { label: purposes("none"), onSelect: () => void sort({ purpose: null }) },
        ]}
      >
        <Button size="sm" aria-haspopup="menu">
          {words("purpose")}
          <Icon name="chevronDown" size={12} />
        </Button>
      </Menu>
      <TagEditor
        tags={tags}
        onAdd={(tag) => void sort({ addTags: [tag] })}
        onRemove={(tag) => void sort({ removeTags: [tag] })}
      />
      {picked.size < total ? (
        <Button size="sm" look="ghost" onClick={() => void pickAll()}>
          {words("pickAll", { count: count(total) })}
        </Button>
      ) : null}
      <Button size="sm" look="ghost" onClick={() => onPick(new Set())}>
        {words("unpick")}
      </Button>
    </div>
  );
}

type TagEditorProps = { tags: GroupWords["tags"]; onAdd: (tag: string) => void; onRemove: (tag: string) => void };

function TagEditor({ tags, onAdd, onRemove }: TagEditorProps) {
  const words = useTranslations("wecomDesk.sort");
  const ui = useTranslations("ui");
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const tag = text.trim();
  const act = (run: (tag: string) => void, chosen: string) => {
    setOpen(false);
    setText("");
    run(chosen);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={words("tags")}
      trigger={
        <Button size="sm">
          {words("tags")}
          <Icon name="chevronDown" size={12} />
        </Button>
      }
    >
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (tag !== "") act(onAdd, tag);
        }}
      >
        <Input
          size="sm"
          autoFocus
          maxLength={TAG_CHARS}
          aria-label={words("newTag")}
          placeholder={words("newTag")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button size="sm" type="submit" look="primary" disabled={tag === ""}>
          {ui("add")}
        </Button>
      </form>
      {tags.length === 0 ? null : (
        <ul className="mt-2 flex max-h-60 flex-col overflow-y-auto">
          {tags.map(({ word }) =>
            word === null ? null : (
              <li key={word} className="flex items-center gap-1 rounded-sm px-1 hover:bg-hover">
                <span className="min-w-0 flex-1 truncate text-sm" title={word}>
                  {word}
                </span>
                <Button
                  size="sm"
                  look="ghost"
                  aria-label={words("addTag", { tag: word })}
                  onClick={() => act(onAdd, word)}
                >
                  {ui("add")}
                </Button>
                <Button
                  size="sm"
                  look="ghost"
                  aria-label={words("removeTag", { tag: word })}
                  onClick={() => act(onRemove, word)}
                >
                  {ui("remove")}
                </Button>
              </li>
            ),
          )}
        </ul>
      )}
    </Popover>
  );
}
