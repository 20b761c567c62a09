"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useLoaded } from "../http/use-loaded.ts";
import { useList } from "../ui/use-list.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Progress } from "../ui/progress.tsx";
import { Callout, EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { compareHref, readAddress, type CompareAddress } from "./compare-address.ts";
import { CompareChart } from "./compare-chart.tsx";
import { CompareTable } from "./compare-table.tsx";
import { loadCompared, type Compared, type ComparedShow, type LeftOut } from "./load-compare.ts";
import { SHOWS_MAX, SHOWS_MIN } from "./line-looks.ts";

/** Two to ten shows side by side on the time from their starts. */
export function ComparePage() {
  const words = useTranslations("compare");
  const [address, setAddress] = useState<CompareAddress | null>(null);
  useEffect(() => setAddress(readAddress(location.search)), []);
  const change = (next: Partial<CompareAddress>) => {
    if (!address) return;
    const changed = { ...address, ...next };
    setAddress(changed);
    history.replaceState(history.state, "", compareHref(changed.ids, changed.base, changed.mixed));
  };
  return (
    <div className="mx-auto flex max-w-[1600px] flex-col gap-4 px-6 pb-12">
      <header className="flex h-16 items-center gap-3">
        <Button asChild look="ghost" size="iconSm">
          <Link href="/shows" aria-label={words("toShows")}>
            <Icon name="chevronLeft" />
          </Link>
        </Button>
        <h1 className="text-lg font-semibold">{words("title")}</h1>
        <p className="text-xs text-faint">{words("hint")}</p>
      </header>
      {address === null ? (
        <PageSkeleton />
      ) : address.ids.length < SHOWS_MIN ? (
        <TooFew />
      ) : (
        <Loaded address={address} onChange={change} />
      )}
    </div>
  );
}

function TooFew() {
  const words = useTranslations("compare");
  return (
    <EmptyState
      title={words("tooFewTitle")}
      text={words("tooFewText", { max: SHOWS_MAX })}
      actions={
        <Button asChild look="primary">
          <Link href="/shows">{words("choose")}</Link>
        </Button>
      }
    />
  );
}

type LoadedProps = { address: CompareAddress; onChange: (next: Partial<CompareAddress>) => void };

function Loaded({ address, onChange }: LoadedProps) {
  const words = useTranslations("compare");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [done, setDone] = useState(0);
  const ids = address.ids.slice(0, SHOWS_MAX);
  const { value, failure, reload } = useLoaded(ids.join(","), (signal) => loadCompared(ids, setDone, signal));
  if (!value) {
    if (failure) {
      return (
        <ErrorState
          title={words("loadFailed")}
          text={explain(failure)}
          actions={<Button onClick={reload}>{ui("retry")}</Button>}
        />
      );
    }
    return (
      <>
        <Progress value={done / ids.length} label={words("loading", { done, count: ids.length })} />
        <PageSkeleton />
      </>
    );
  }
  return <SideBySide compared={value} address={address} onChange={onChange} reload={reload} />;
}

type SideProps = LoadedProps & { compared: Compared; reload: () => void };

function SideBySide({ compared, address, onChange, reload }: SideProps) {
  const words = useTranslations("compare");
  const list = useList();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { shows, others } = ofOneKind(compared.shows, address.mixed);
  const notices = (
    <>
      {others.length > 0 ? (
        <Callout
          tone="wait"
          actions={
            <Button size="sm" onClick={() => onChange({ mixed: true })}>
              {words("mixThem")}
            </Button>
          }
        >
          {words(shows[0]?.rehearsal ? "realLeftOut" : "rehearsalsLeftOut", {
            count: others.length,
            titles: list(others.map(({ title }) => title)),
          })}
        </Callout>
      ) : null}
      {compared.leftOut.map((one) => (
        <NotCompared key={one.id} show={one} onRetry={reload} />
      ))}
      {address.ids.length > SHOWS_MAX ? (
        <Callout tone="wait">{words("tooMany", { max: SHOWS_MAX, count: address.ids.length })}</Callout>
      ) : null}
    </>
  );
  if (shows.length < SHOWS_MIN) {
    return (
      <>
        {notices}
        <TooFew />
      </>
    );
  }
  const base = shows.find(({ id }) => id === address.base) ?? shows[0];
  const turn = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    setHidden(next);
  };
  return (
    <>
      {notices}
      <CompareChart shows={shows} hidden={hidden} onTurn={turn} />
      <CompareTable
        shows={shows}
        baseId={base?.id ?? ""}
        onBase={(id) => onChange({ base: id })}
        onRemove={(id) => onChange({ ids: address.ids.filter((one) => one !== id) })}
      />
    </>
  );
}

/** Rehearsals count no real money: they stand beside real shows only when that was asked. The first show says which kind is meant. */
function ofOneKind(all: readonly ComparedShow[], mixed: boolean) {
  const rehearsal = all[0]?.rehearsal ?? false;
  const shows = mixed ? all : all.filter((show) => show.rehearsal === rehearsal);
  return { shows, others: mixed ? [] : all.filter((show) => show.rehearsal !== rehearsal) };
}

function NotCompared({ show, onRetry }: { show: LeftOut; onRetry: () => void }) {
  const words = useTranslations("compare");
  const ui = useTranslations("ui");
  const explain = useFailure();
  if (show.why === "notStarted") {
    return <Callout tone="wait">{words("notStarted", { title: show.title ?? show.id })}</Callout>;
  }
  return (
    <Callout
      tone="air"
      actions={
        <Button size="sm" onClick={onRetry}>
          {ui("retry")}
        </Button>
      }
    >
      {words("oneFailed", { id: show.id, reason: show.failure ? explain(show.failure) : "" })}
    </Callout>
  );
}

function PageSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-4">
      <Skeleton className="h-[340px] w-full" />
      <Skeleton className="h-[480px] w-full" />
    </div>
  );
}
