"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { count } from "../../format/money.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { EmptyState, ErrorState, SkeletonRows } from "../../ui/states.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { notify } from "../../ui/toast.tsx";
import { VirtualRows } from "../../ui/virtual-rows.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { noFilter, type Group } from "../../wecom/groups/group-data.ts";
import { useGroupPages } from "../../wecom/groups/use-group-pages.ts";

const GROUPS_MAX = 500;
const ROW_PX = 40;

/** False: there is no room for it. */
function turnOne(chosen: Set<string>, id: string, on: boolean): boolean {
  if (!on) chosen.delete(id);
  else if (chosen.has(id) || chosen.size < GROUPS_MAX) chosen.add(id);
  else return false;
  return true;
}

/** Groups by name; many are better meant by owner, purpose or tag, which new groups join by themselves. */
export function GroupPicker({
  corpId,
  value,
  onDone,
  onClose,
}: {
  corpId: string;
  value: readonly string[];
  onDone: (groupIds: string[], names: ReadonlyMap<string, string>) => void;
  onClose: () => void;
}) {
  const words = useTranslations("push.audience");
  const ui = useTranslations("ui");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(value));
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [text, setText] = useState("");
  const full = chosen.size >= GROUPS_MAX;
  const turn = (groups: readonly Group[], on: boolean) => {
    const next = new Set(chosen);
    const left = groups.filter(({ id }) => !turnOne(next, id, on)).length;
    setChosen(next);
    setNames(new Map([...names, ...groups.map(({ id, name }) => [id, name] as const)]));
    if (left > 0) notify({ tone: "wait", title: words("overMax", { max: GROUPS_MAX, count: left }) });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words("pickGroups")}
      description={words("pickGroupsHint", { max: GROUPS_MAX })}
      footer={
        <>
          <span className="mr-auto text-xs text-dim">
            {words("chosenCount", { count: count(chosen.size), max: count(GROUPS_MAX) })}
          </span>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" onClick={() => onDone([...chosen], names)}>
            {ui("done")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        <Input
          autoFocus
          aria-label={words("findGroup")}
          placeholder={words("findGroup")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Groups corpId={corpId} q={useDeferredValue(text)} chosen={chosen} full={full} onTurn={turn} />
      </div>
    </Dialog>
  );
}

type GroupsProps = {
  corpId: string;
  q: string;
  chosen: ReadonlySet<string>;
  full: boolean;
  onTurn: (groups: readonly Group[], on: boolean) => void;
};

function Groups({ corpId, q, chosen, full, onTurn }: GroupsProps) {
  const words = useTranslations("push.audience");
  const failures = useTranslations("failure");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { page, failure, loadingMore, more, reload, loadAll } = useGroupPages({ ...noFilter(corpId), q });
  const [busy, setBusy] = useState(false);
  const turnAll = async (on: boolean) => {
    setBusy(true);
    const groups = await loadAll(() => undefined);
    setBusy(false);
    if (groups) onTurn(groups, on);
    else notify({ tone: "air", title: words("notAllLoaded") });
  };
  if (!page) {
    if (!failure) return <SkeletonRows rows={6} />;
    return (
      <ErrorState
        compact
        title={failures("titleLoad")}
        text={explain(failure)}
        actions={<Button onClick={reload}>{ui("retry")}</Button>}
      />
    );
  }
  if (page.groups.length === 0) return q === "" ? <NoGroups /> : <EmptyState compact title={ui("noMatch")} />;
  const total = page.total.groups;
  const isAll = page.cursor === null && page.groups.every(({ id }) => chosen.has(id));
  return (
    <>
      <div className="flex flex-col" style={{ height: Math.min(page.groups.length, 9) * ROW_PX }}>
        <VirtualRows
          label={words("pickGroups")}
          className="flex-1"
          rowHeight={ROW_PX}
          items={page.groups}
          idOf={({ id }) => id}
          renderRow={(group) => {
            const on = chosen.has(group.id);
            return (
              <div className="flex h-10 min-w-0 items-center gap-3 px-1">
                <Checkbox
                  className="min-w-0 flex-1 items-center [&_label]:min-w-0 [&_label]:truncate"
                  checked={on}
                  disabled={full && !on}
                  onChange={(checked) => onTurn([group], checked)}
                  label={group.name || words("unnamed")}
                />
                <span className="w-24 shrink-0 truncate text-xs text-dim" title={group.ownerName ?? ""}>
                  {group.ownerName ?? words("ownerless")}
                </span>
                <span className="w-16 shrink-0 text-right text-xs text-faint tabular-nums">
                  {group.size === null ? "–" : words("people", { count: count(group.size) })}
                </span>
              </div>
            );
          }}
        />
      </div>
      <div className="flex items-center justify-between text-xs text-faint">
        <span>{words("ofGroups", { shown: count(page.groups.length), total: count(total) })}</span>
        <span className="flex gap-2">
          <Button size="sm" busy={busy} onClick={() => void turnAll(!isAll)}>
            {words(isAll ? "dropAll" : "pickAll", { count: count(total) })}
          </Button>
          {page.cursor ? (
            <Button size="sm" busy={loadingMore} onClick={more}>
              {words("moreGroups")}
            </Button>
          ) : null}
        </span>
      </div>
    </>
  );
}

/** Nothing was read yet: that happens where the company is connected. */
export function NoGroups() {
  const words = useTranslations("push.audience");
  return (
    <EmptyState
      compact
      title={words("noGroupsTitle")}
      text={words("noGroupsText")}
      actions={
        <Button asChild>
          <Link href="/wecom/groups">{words("toGroups")}</Link>
        </Button>
      }
    />
  );
}
