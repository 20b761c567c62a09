"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { count, yuanExact } from "../format/money.ts";
import { useRefusal } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Progress } from "../ui/progress.tsx";
import { Callout } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import type { ImportState } from "./import-api.ts";

export function ImportRunning({ state }: { state: ImportState }) {
  const words = useTranslations("import");
  const share = state.total > 0 ? state.done / state.total : null;
  return (
    <section aria-label={words("running")} className="mx-auto flex w-full max-w-xl flex-col gap-3 py-16">
      <p className="flex items-baseline justify-between text-sm">
        <span className="font-medium">{words("running")}</span>
        <span className="text-dim tabular-nums">
          {state.total > 0 ? `${count(state.done)} / ${count(state.total)}` : words("reading")}
        </span>
      </p>
      <Progress value={share} label={words("running")} />
      <p className="text-xs text-faint">{words("runningHint")}</p>
    </section>
  );
}

/** What came of it, and the way on. */
export function ImportEnd({
  state,
  isNew,
  onAgain,
  onRetry,
}: {
  state: ImportState;
  isNew: boolean;
  onAgain: () => void;
  onRetry: () => void;
}) {
  const words = useTranslations("import");
  const ui = useTranslations("ui");
  const explain = useRefusal();
  const { result, sessionId } = state;
  if (state.state !== "done" || !result) {
    return (
      <section aria-label={words("stopped")} className="mx-auto flex w-full max-w-xl flex-col gap-4 py-12">
        <Callout tone="air">
          <p className="font-medium">{words("stopped")}</p>
          <p>{explain(state.code ?? "http.broken")}</p>
          <p>{words("stoppedHint", { done: count(state.done), total: count(state.total) })}</p>
        </Callout>
        <div className="flex gap-2">
          <Button look="primary" onClick={onRetry}>
            {ui("retry")}
          </Button>
          <Button onClick={onAgain}>{words("otherFile")}</Button>
        </div>
      </section>
    );
  }
  return (
    <section aria-label={words("finished")} className="mx-auto flex w-full max-w-2xl flex-col gap-4 py-8">
      <Callout tone="sure">{words(`done.${state.kind}`, { count: result.items })}</Callout>
      {result.standing ? (
        <p className="flex gap-1.5">
          <Tag tone="sure">{words("fresh", { count: result.standing.fresh })}</Tag>
          <Tag tone={result.standing.changed > 0 ? "act" : "plain"}>
            {words("changed", { count: result.standing.changed })}
          </Tag>
          <Tag>{words("same", { count: result.standing.same })}</Tag>
        </p>
      ) : null}
      {result.totals ? <Outcome result={result} /> : null}
      {result.refusedCount > 0 ? <Refused result={result} /> : null}
      <div className="flex gap-2">
        {sessionId === null ? null : (
          <>
            <Button asChild look="primary">
              <Link href={`/shows/${sessionId}/control`}>{words("toControl")}</Link>
            </Button>
            <Button asChild>
              <Link href={`/shows/${sessionId}/review`}>{words("toReview")}</Link>
            </Button>
            {isNew ? (
              <Button asChild>
                <Link href={`/shows/${sessionId}/import`}>{words("moreFiles")}</Link>
              </Button>
            ) : null}
          </>
        )}
        {isNew ? null : <Button onClick={onAgain}>{words("again")}</Button>}
      </div>
    </section>
  );
}

type Result = NonNullable<ImportState["result"]>;

/** The file's sums beside the show's figures, which may hold orders of other files too. */
function Outcome({ result: { totals, show } }: { result: Result }) {
  const words = useTranslations("import");
  if (!totals) return null;
  const rows = [
    { key: "paidOrders", file: count(totals.paidOrders), now: show.orders === null ? "–" : count(show.orders) },
    { key: "paidFen", file: yuanExact(totals.paidFen), now: show.paidFen === null ? "–" : yuanExact(show.paidFen) },
    { key: "refundedFen", file: yuanExact(totals.refundedFen), now: yuanExact(show.refundedFen) },
  ] as const;
  return (
    <Table label={words("totals")}>
      <Head>
        <Th />
        <Th numeric>{words("imported")}</Th>
        <Th numeric>{words("showNow")}</Th>
      </Head>
      <tbody>
        {rows.map(({ key, file, now }) => (
          <Tr key={key}>
            <Td className="text-dim">{words(`total.${key}`)}</Td>
            <Td numeric>{file}</Td>
            <Td numeric className="font-medium">
              {now}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Refused({ result: { refused, refusedCount } }: { result: Result }) {
  const words = useTranslations("import");
  const explain = useRefusal();
  return (
    <section aria-label={words("refused", { count: refusedCount })} className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold text-wait-ink">{words("refused", { count: refusedCount })}</h2>
      <ul className="flex flex-col text-xs">
        {refused.map(({ id, code, path }) => (
          <li key={id} className="flex gap-3 border-b py-1.5">
            <span className="font-mono">{id}</span>
            <span className="text-dim">{path === undefined ? explain(code) : `${explain(code)} (${path})`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
