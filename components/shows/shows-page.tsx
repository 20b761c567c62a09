"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ROLES } from "#domain/op.ts";
import { PickedBar } from "../compare/picked-bar.tsx";
import { usePicked, type Picked } from "../compare/use-picked.ts";
import type { Loaded } from "../http/use-loaded.ts";
import { mayIn } from "../shell/me.ts";
import { useMe } from "../shell/me-provider.tsx";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Callout, EmptyState, ErrorState, SkeletonRows } from "../ui/states.tsx";
import { CreateShowDialog } from "./create-show-dialog.tsx";
import { ShowFilters } from "./show-filters.tsx";
import { isFiltered, loadShows, NO_FILTER, type Show, type ShowFilter, type ShowPage } from "./show-list.ts";
import { ShowTable } from "./show-table.tsx";
import { useShows } from "./use-shows.ts";

/** Who sees reviews: all of the room but its hosts. */
const REVIEWERS = ROLES.filter((role) => role !== "host");

export function ShowsPage() {
  const words = useTranslations("shows");
  const me = useMe();
  const [filter, setFilter] = useState<ShowFilter>(NO_FILTER);
  const [copied, setCopied] = useState<Show | null>(null);
  const [creating, setCreating] = useState(false);
  const shows = useShows(filter);
  const rooms = me.rooms.filter((room) => mayIn(me, room.id, ["manager", "operator"]));
  // The room that is looked at, else the first: the page itself leads to the others.
  const reviewed = me.rooms.filter((room) => mayIn(me, room.id, REVIEWERS));
  const trendsOf = (reviewed.find(({ id }) => id === filter.room) ?? reviewed[0])?.id;
  const picked = usePicked();
  const create = (from: Show | null) => {
    setCopied(from);
    setCreating(true);
  };
  const button = (
    <Button look="primary" disabled={rooms.length === 0} onClick={() => create(null)}>
      <Icon name="plus" size={14} />
      {words("create")}
    </Button>
  );
  return (
    <div className="mx-auto flex max-w-[1280px] flex-col px-6 pb-20">
      <header className="flex min-h-16 flex-wrap items-center justify-between gap-2 py-2">
        <h1 className="shrink-0 text-lg font-semibold">{words("title")}</h1>
        <div className="flex gap-2">
          {trendsOf ? (
            <Button asChild>
              <Link href={`/rooms/${trendsOf}/shows`}>{words("toTrends")}</Link>
            </Button>
          ) : null}
          {rooms.length === 0 ? null : (
            <Button asChild>
              <Link href="/shows/import">
                <Icon name="upload" size={14} />
                {words("fromFile")}
              </Link>
            </Button>
          )}
          {button}
        </div>
      </header>
      <ShowFilters filter={filter} onChange={setFilter} rooms={me.rooms} />
      <ShowResults
        loaded={shows}
        filter={filter}
        onClear={() => setFilter(NO_FILTER)}
        onCopy={rooms.length > 0 ? create : null}
        createButton={button}
        picked={picked}
      />
      <PickedBar picked={picked} />
      {creating ? <CreateShowDialog from={copied} rooms={rooms} onClose={() => setCreating(false)} /> : null}
    </div>
  );
}

type ResultsProps = {
  loaded: Loaded<ShowPage>;
  filter: ShowFilter;
  onClear: () => void;
  onCopy: ((show: Show) => void) | null;
  createButton: React.ReactNode;
  picked: Picked;
};

function ShowResults({ loaded, filter, onClear, onCopy, createButton, picked }: ResultsProps) {
  const words = useTranslations("shows");
  const ui = useTranslations("ui");
  const me = useMe();
  const explain = useFailure();
  const [more, setMore] = useState(false);
  const { value, failure, reload, set } = loaded;
  if (!value) {
    if (!failure) return <SkeletonRows rows={8} />;
    return (
      <ErrorState
        title={words("loadFailed")}
        text={explain(failure)}
        actions={<Button onClick={reload}>{ui("retry")}</Button>}
      />
    );
  }
  if (value.sessions.length === 0) {
    if (isFiltered(filter)) {
      return (
        <EmptyState
          icon="search"
          title={words("emptyFilteredTitle")}
          text={words("emptyFilteredText")}
          actions={<Button onClick={onClear}>{words("clearFilters")}</Button>}
        />
      );
    }
    if (me.rooms.length === 0)
      return <EmptyState icon="settings" title={words("noRoomTitle")} text={words("noRoomText")} />;
    return <EmptyState icon="calendar" title={words("emptyTitle")} text={words("emptyText")} actions={createButton} />;
  }
  const loadMore = async () => {
    setMore(true);
    const reply = await loadShows(filter, value.cursor);
    if (reply.ok) set({ sessions: [...value.sessions, ...reply.value.sessions], cursor: reply.value.cursor });
    setMore(false);
  };
  return (
    <>
      <ShowTable shows={value.sessions} rooms={me.rooms} onCopy={onCopy} picked={picked} />
      {/* Below, so that no row moves under the pointer. */}
      {failure ? (
        <div className="mt-4">
          <Callout tone="wait">{explain(failure)}</Callout>
        </div>
      ) : null}
      {value.cursor ? (
        <div className="flex justify-center py-4">
          <Button busy={more} onClick={() => void loadMore()}>
            {words("more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
