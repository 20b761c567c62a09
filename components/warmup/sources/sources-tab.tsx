"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { SOURCE_KINDS, type SourceKind } from "#domain/source/state.ts";
import { count, yuan, yuanRound } from "../../format/money.ts";
import { useDesk } from "../../live/desk.tsx";
import { useAct } from "../../session/use-act.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { useNarrow } from "../../ui/use-narrow.ts";
import { SOURCE_PLANNERS } from "../warmup-roles.ts";
import { useWarmupPlace } from "../warmup-place.tsx";
import { SourceCards } from "./source-cards.tsx";
import { SourceDrawer } from "./source-drawer.tsx";
import { sourceMatrix, type SourceMatrix } from "./source-matrix.shape.ts";
import { SourceTable } from "./source-table.tsx";
import { WecomCodes } from "./wecom-codes.tsx";

/** 渠道: where people come from, what it costs, what became of them. */
export function SourcesTab() {
  const words = useTranslations("warmupPlan.sources");
  const sources = useSession((show) => show.sources);
  const funnels = useSession((show) => show.sourceFunnel);
  const hasBegun = useSession((show) => show.session.startedAt !== null);
  const mayPlan = useDesk().may(SOURCE_PLANNERS);
  const narrow = useNarrow();
  const { thing, open } = useWarmupPlace();
  const [showArchived, setShowArchived] = useState(false);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState(false);
  const matrix = useMemo(
    () => sourceMatrix({ sources, funnels, hasBegun }, showArchived),
    [sources, funnels, hasBegun, showArchived],
  );
  const shown = {
    matrix,
    picked,
    onPick: setPicked,
    onOpen: (sourceId: string) => open("sources", sourceId),
  };
  const archived = [...sources.values()].some((source) => source.archived);
  const add = (
    <Button look="primary" disabled={!mayPlan} onClick={() => setAdding(true)}>
      <Icon name="plus" size={14} />
      {words("add")}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4 px-6 pt-3 pb-24 max-sm:px-3">
      {sources.size === 0 ? (
        <EmptyState
          title={words("emptyTitle")}
          text={words("emptyText")}
          actions={
            <>
              {add}
              <CommonChannels />
            </>
          }
        />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-3">
            <Total matrix={matrix} />
            {archived ? (
              <Checkbox label={words("showArchived")} checked={showArchived} onChange={setShowArchived} />
            ) : null}
            <div className="ml-auto flex flex-wrap gap-2">
              {picked.length === 0 ? null : <PrintPicked ids={picked} />}
              {add}
            </div>
          </div>
          {narrow ? <SourceCards {...shown} /> : <SourceTable {...shown} />}
        </>
      )}
      <WecomCodes sources={sources} mayPlan={mayPlan} />
      {adding ? <SourceDrawer sourceId={null} onClose={() => setAdding(false)} /> : null}
      {thing !== null && sources.has(thing) ? (
        <SourceDrawer key={thing} sourceId={thing} onClose={() => open("sources")} />
      ) : null}
    </div>
  );
}

function Total({ matrix: { total, sources } }: { matrix: SourceMatrix }) {
  const words = useTranslations("warmupPlan.sources");
  const { funnel, costFen, perSignupFen } = total;
  return (
    <p className="text-sm text-dim tabular-nums">
      {words("total", {
        sources: count(sources),
        signups: count(funnel.signedUp),
        cost: costFen === null ? "–" : yuanRound(costFen),
        per: perSignupFen === null ? "–" : yuan(perSignupFen),
      })}
    </p>
  );
}

function PrintPicked({ ids }: { ids: readonly string[] }) {
  const words = useTranslations("warmupPlan.sources");
  const sessionId = useSession((show) => show.session.sessionId);
  return (
    <Button asChild>
      <Link href={`/shows/${sessionId}/warmup/print?sources=${ids.map(encodeURIComponent).join(",")}`}>
        {words("printPicked", { count: ids.length })}
      </Link>
    </Button>
  );
}

/** Those that a private-traffic team nearly always has; each is renamed or retired as it goes. */
const COMMON: readonly SourceKind[] = SOURCE_KINDS.filter(
  (kind) => !(["miniProgram", "ads", "sms", "other"] as readonly SourceKind[]).includes(kind),
);

function CommonChannels() {
  const words = useTranslations("warmupPlan.sources");
  const mayPlan = useDesk().may(SOURCE_PLANNERS);
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const plan = async () => {
    setBusy(true);
    await act("source.planMany", { sources: COMMON.map((kind) => ({ kind, name: words(`kind.${kind}`) })) });
    setBusy(false);
  };
  return (
    <Button disabled={!mayPlan} busy={busy} onClick={() => void plan()}>
      {words("addCommon")}
    </Button>
  );
}
