"use client";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { useList } from "../../ui/use-list.ts";
import { cn } from "../../ui/cn.ts";
import { Checkbox } from "../../ui/switch.tsx";
import { Tag } from "../../ui/tag.tsx";
import { VirtualRows } from "../../ui/virtual-rows.tsx";
import type { Group } from "./group-data.ts";

const columns =
  "grid grid-cols-[32px_minmax(0,1fr)_96px_56px] items-center md:grid-cols-[32px_minmax(0,1fr)_150px_84px_minmax(0,180px)_72px_96px_128px]";

type Props = {
  groups: readonly Group[];
  picked: ReadonlySet<string>;
  /** Null: may look only. */
  onPick: ((picked: ReadonlySet<string>) => void) | null;
  onOpen: (id: string) => void;
  onNearEnd: () => void;
  loadingMore: boolean;
};

/** Ten thousand groups, of which only those in view stand in the page. */
export function GroupList({ groups, picked, onPick, onOpen, onNearEnd, loadingMore }: Props) {
  const words = useTranslations("wecomDesk.groups");
  const ui = useTranslations("ui");
  const toggle = (id: string, isPicked: boolean) => {
    const next = new Set(picked);
    if (isPicked) next.add(id);
    else next.delete(id);
    onPick?.(next);
  };
  const head = (
    <div aria-hidden className={cn(columns, "h-8 border-b text-xs text-faint")}>
      <span />
      <span className="px-2">{words("name")}</span>
      <span className="px-2 max-md:hidden">{words("owner")}</span>
      <span className="px-2">{words("purpose")}</span>
      <span className="px-2 max-md:hidden">{words("tag")}</span>
      <span className="px-2 text-right">{words("people")}</span>
      <span className="px-2 text-right max-md:hidden">{words("week")}</span>
      <span className="px-2 text-right max-md:hidden">{words("readAt")}</span>
    </div>
  );
  return (
    <>
      <VirtualRows
        items={groups}
        idOf={({ id }) => id}
        label={words("listLabel")}
        className="flex-1 rounded-md border"
        head={head}
        onNearEnd={onNearEnd}
        renderRow={(group) => (
          <GroupRow
            group={group}
            isPicked={picked.has(group.id)}
            onPick={onPick ? (isPicked) => toggle(group.id, isPicked) : null}
            onOpen={() => onOpen(group.id)}
          />
        )}
      />
      {loadingMore ? <p className="text-center text-xs text-faint">{ui("loading")}</p> : null}
    </>
  );
}

type RowProps = { group: Group; isPicked: boolean; onPick: ((picked: boolean) => void) | null; onOpen: () => void };

function GroupRow({ group, isPicked, onPick, onOpen }: RowProps) {
  const words = useTranslations("wecomDesk.groups");
  const list = useList();
  const name = group.name === "" ? words("unnamed") : group.name;
  return (
    <div className={cn(columns, "h-full border-b text-sm hover:bg-hover", isPicked && "bg-picked")}>
      <span className="flex justify-center">
        {onPick ? <Checkbox labelHidden label={words("pick", { name })} checked={isPicked} onChange={onPick} /> : null}
      </span>
      <button
        type="button"
        title={name}
        onClick={onOpen}
        className="flex h-full min-w-0 items-center gap-2 px-2 text-left -outline-offset-2 hover:underline"
      >
        <span className={cn("truncate", group.name === "" ? "text-dim" : "font-medium")}>{name}</span>
        {group.dismissedAt === null ? null : <Tag tone="plain">{words("gone")}</Tag>}
      </button>
      <span className="truncate px-2 text-dim max-md:hidden" title={group.ownerName ?? undefined}>
        {group.ownerName ?? "–"}
      </span>
      <span className="px-2">
        {group.purpose === null ? (
          <span className="text-xs text-faint">{words("purposes.none")}</span>
        ) : (
          <Tag tone="private" shape={false}>
            {words(`purposes.${group.purpose}`)}
          </Tag>
        )}
      </span>
      <span className="truncate px-2 text-xs text-dim max-md:hidden" title={list(group.tags)}>
        {list(group.tags)}
      </span>
      <span className="px-2 text-right tabular-nums">{group.size === null ? "–" : count(group.size)}</span>
      <span className="px-2 text-right text-xs text-dim tabular-nums max-md:hidden">
        +{count(group.week.joins)} / −{count(group.week.leaves)}
      </span>
      <span className="px-2 text-right text-xs max-md:hidden">
        <ReadState group={group} />
      </span>
    </div>
  );
}

function ReadState({ group }: { group: Group }) {
  const words = useTranslations("wecomDesk.groups");
  if (group.readFailure !== null) return <span className="text-air-ink">{words("unread")}</span>;
  if (group.changing) return <span className="text-wait-ink">{words("changing")}</span>;
  if (group.readAt === null) return <span className="text-wait-ink">{words("neverRead")}</span>;
  return <span className="text-faint tabular-nums">{dayTime(group.readAt)}</span>;
}
