"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { count } from "../../format/money.ts";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { useMe } from "../../shell/me-provider.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, SkeletonRows } from "../../ui/states.tsx";
import { type OfCorp, WithCorp } from "../with-corp.tsx";
import { wecomRightsOf } from "../wecom-rights.ts";
import { type GroupFilter, GroupWords, isFiltered, noFilter } from "./group-data.ts";
import { GroupDrawer } from "./group-drawer.tsx";
import { GroupFilters } from "./group-filters.tsx";
import { GroupList } from "./group-list.tsx";
import { SortBar } from "./sort-bar.tsx";
import { SyncBar } from "./sync-bar.tsx";
import { type GroupPages, useGroupPages } from "./use-group-pages.ts";

export function GroupsPage() {
  return <WithCorp>{(of) => <Groups key={of.corp.id} {...of} />}</WithCorp>;
}

function Groups({ corp, picker }: OfCorp) {
  const words = useTranslations("wecomDesk.groups");
  const { write } = wecomRightsOf(useMe());
  const [filter, setFilter] = useState<GroupFilter>(() => noFilter(corp.id));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [openId, setOpenId] = useState<string | null>(null);
  const pages = useGroupPages(filter);
  const names = useLoaded(`wecom words ${corp.id}`, (signal) =>
    request(`/api/v1/wecom/groups/words?corp=${corp.id}`, { shape: GroupWords, signal }),
  );
  // Somebody sends the address of a group.
  useEffect(() => setOpenId(new URLSearchParams(location.search).get("group")), []);
  const reload = () => {
    pages.reload();
    names.reload();
  };
  const change = (next: GroupFilter) => {
    setFilter(next);
    setPicked(new Set());
  };
  const total = pages.page?.total;
  // Nothing was ever read: there is nothing to sort or to look for yet.
  const isBare = total?.groups === 0 && !isFiltered(filter);
  return (
    <div className="flex h-full min-h-[520px] flex-col gap-3 px-6 pt-3 pb-4 max-sm:px-3">
      <SyncBar corp={corp} mayStart={write} onMoved={reload} />
      {isBare ? (
        picker
      ) : (
        <>
          <GroupFilters filter={filter} onChange={change} words={names.value} picker={picker} />
          <div className="flex min-h-8 flex-wrap items-center gap-3">
            <p className="text-xs text-dim" role="status">
              {total ? words("total", { groups: count(total.groups), people: count(total.people) }) : " "}
            </p>
            {write ? (
              <SortBar
                picked={picked}
                onPick={setPicked}
                pages={pages}
                tags={names.value?.tags ?? []}
                onSorted={reload}
              />
            ) : null}
          </div>
        </>
      )}
      <Found
        pages={pages}
        filter={filter}
        onClear={() => change(noFilter(corp.id))}
        picked={picked}
        onPick={write ? setPicked : null}
        onOpen={setOpenId}
      />
      {openId === null ? null : <GroupDrawer key={openId} id={openId} onClose={() => setOpenId(null)} />}
    </div>
  );
}

type FoundProps = {
  pages: GroupPages;
  filter: GroupFilter;
  onClear: () => void;
  picked: ReadonlySet<string>;
  onPick: ((picked: ReadonlySet<string>) => void) | null;
  onOpen: (id: string) => void;
};

function Found({ pages, filter, onClear, ...list }: FoundProps) {
  const words = useTranslations("wecomDesk.groups");
  const failures = useTranslations("failure");
  const ui = useTranslations("ui");
  const explain = useFailure();
  if (!pages.page) {
    if (!pages.failure) return <SkeletonRows rows={10} />;
    return (
      <ErrorState
        title={failures("titleLoad")}
        text={explain(pages.failure)}
        actions={<Button onClick={pages.reload}>{ui("retry")}</Button>}
      />
    );
  }
  if (pages.page.groups.length === 0) {
    return isFiltered(filter) ? (
      <EmptyState
        icon="search"
        title={words("emptyFilteredTitle")}
        text={words("emptyFilteredText")}
        actions={<Button onClick={onClear}>{words("clearFilters")}</Button>}
      />
    ) : (
      <EmptyState icon="user" title={words("emptyTitle")} text={words("emptyText")} />
    );
  }
  return <GroupList groups={pages.page.groups} onNearEnd={pages.more} loadingMore={pages.loadingMore} {...list} />;
}
