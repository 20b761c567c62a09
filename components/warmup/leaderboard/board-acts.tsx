"use client";
import { useTranslations } from "next-intl";
import { METRICS, type Metric } from "#domain/warmup/board.ts";
import { dayTime } from "../../format/time.ts";
import { useBusy, useDesk } from "../../live/desk.tsx";
import { useDeed } from "../../live/use-deed.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useOfferUndo } from "../use-offer-undo.ts";
import { PAGE_PLANNERS } from "../warmup-roles.ts";

/** By what it is ranked, whether it moves, who sees it. */
export function BoardActs() {
  const words = useTranslations("invites");
  const metric = useSession((show) => show.leaderboard.metric);
  const deed = useDeed();
  const mayRule = useDesk().may(PAGE_PLANNERS);
  const offerUndo = useOfferUndo();
  const change = async (next: Metric) => {
    if (next === metric) return;
    const sent = await deed("board:metric", "leaderboard.setMetric", { metric: next }, { expect: { metric } });
    if (sent?.status === "ok") offerUndo(sent, words("metricDone", { metric: words(`metricOf.${next}`) }));
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {mayRule ? (
        <Segmented
          label={words("metric")}
          value={metric}
          onChange={(next) => void change(next)}
          options={METRICS.map((value) => ({ value, label: words(`metricOf.${value}`) }))}
        />
      ) : (
        <span className="text-sm text-dim">{words(`metricOf.${metric}`)}</span>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Frozen mayRule={mayRule} />
        <Published mayRule={mayRule} />
      </div>
    </div>
  );
}

function Frozen({ mayRule }: { mayRule: boolean }) {
  const words = useTranslations("invites");
  const frozenAt = useSession((show) => show.leaderboard.frozenAt);
  const deed = useDeed();
  const busy = useBusy("board:frozen");
  const offerUndo = useOfferUndo();
  const isFrozen = frozenAt !== null;
  const turn = async () => {
    const sent = await deed(
      "board:frozen",
      isFrozen ? "leaderboard.unfreeze" : "leaderboard.freeze",
      {},
      { toggles: true },
    );
    if (sent?.status === "ok") offerUndo(sent, words(isFrozen ? "unfreezeDone" : "freezeDone"));
  };
  return (
    <>
      {isFrozen ? <Tag tone="wait">{words("frozen", { time: dayTime(frozenAt) })}</Tag> : null}
      {mayRule ? (
        <Button size="sm" busy={busy} title={words("freezeText")} onClick={() => void turn()}>
          <Icon name="lock" size={12} />
          {words(isFrozen ? "unfreeze" : "freeze")}
        </Button>
      ) : null}
    </>
  );
}

function Published({ mayRule }: { mayRule: boolean }) {
  const words = useTranslations("invites");
  const published = useSession((show) => show.leaderboard.published);
  const deed = useDeed();
  const busy = useBusy("board:published");
  const offerUndo = useOfferUndo();
  const turn = async () => {
    const sent = await deed(
      "board:published",
      published ? "leaderboard.hide" : "leaderboard.publish",
      {},
      { toggles: true },
    );
    if (sent?.status === "ok") offerUndo(sent, words(published ? "hideDone" : "publishDone"));
  };
  return (
    <>
      <Tag tone={published ? "sure" : "plain"}>{words(published ? "published" : "hidden")}</Tag>
      {mayRule ? (
        <Button size="sm" look={published ? "plain" : "primary"} busy={busy} onClick={() => void turn()}>
          {words(published ? "hide" : "publish")}
        </Button>
      ) : null}
    </>
  );
}
