"use client";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import type { KnownProduct } from "#domain/bag/same-products.ts";
import { duration } from "../format/time.ts";
import { randomId } from "../http/random-id.ts";
import type { MeasuredShow } from "../plan/measured-show.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Checkbox } from "../ui/switch.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { notify } from "../ui/toast.tsx";
import { choiceRows, missingOf, type ChoiceRow } from "./copy-choice.ts";
import { sendCopy, undoCopy, type Copied } from "./load-copy.ts";

/** The show that the cues come to. */
type CopyTarget = {
  readonly sessionId: string;
  readonly cues: readonly { readonly cueId: string; readonly title: string }[];
  readonly products: readonly KnownProduct[];
};

type CopyFormProps = {
  source: MeasuredShow;
  target: CopyTarget;
  targetTitle: string;
  /** Ticked at first; `null`: all. */
  chosen: readonly string[] | null;
  onDone: () => void;
  onCancel: () => void;
};

/** Which cues, with which lengths, where to, and which products come along. One press does all of it. */
export function CopyForm({ source, target, targetTitle, chosen, onDone, onCancel }: CopyFormProps) {
  const words = useTranslations("compare.copy");
  const ui = useTranslations("ui");
  const rows = useMemo(() => choiceRows(source, target), [source, target]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(chosen ?? rows.map(({ cueId }) => cueId)));
  const isMeasured = rows.some(({ measuredMs }) => measuredMs !== null);
  const [lengths, setLengths] = useState<"planned" | "measured">(isMeasured ? "measured" : "planned");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [after, setAfter] = useState<string>(target.cues.at(-1)?.cueId ?? TOP);
  const [busy, setBusy] = useState(false);
  const tell = useTelling(target.sessionId, targetTitle);
  const keyOf = useKeys();

  const picked = rows.filter(({ cueId }) => ticked.has(cueId));
  const missing = missingOf(picked);
  const copied = picked.filter(({ lacks }) => lacks === null || !left.has(lacks.productId));
  const totalMs = copied.reduce((sum, row) => sum + lengthOf(row, lengths), 0);
  const press = async () => {
    setBusy(true);
    const takeProducts = missing.flatMap(({ productId }) => (left.has(productId) ? [] : [productId]));
    const afterCueId = after === TOP ? null : after;
    const body = {
      from: source.sessionId,
      cueIds: picked.map(({ cueId }) => cueId),
      lengths,
      afterCueId,
      takeProducts,
    };
    const done = tell(await sendCopy(target.sessionId, body, keyOf(JSON.stringify(body))));
    setBusy(false);
    if (done) onDone();
  };
  if (rows.length === 0) return <EmptyState compact title={words("noCuesTitle")} text={words("noCuesText")} />;
  return (
    <div className="flex flex-col gap-4">
      <CueChoice rows={rows} ticked={ticked} onTick={setTicked} lengths={lengths} />
      <div className="flex flex-wrap items-end gap-4">
        <Field label={words("lengths")} hint={isMeasured ? undefined : words("notMeasured")}>
          <Segmented
            label={words("lengths")}
            value={lengths}
            onChange={(next) => setLengths(isMeasured ? next : "planned")}
            options={(["planned", "measured"] as const).map((value) => ({ value, label: words(value) }))}
          />
        </Field>
        <Field label={words("where")} className="min-w-64 flex-1">
          <Select
            value={after}
            onChange={setAfter}
            options={[
              { value: TOP, label: words("top") },
              ...target.cues.map(({ cueId, title }, index) => ({
                value: cueId,
                label: words("behind", { number: index + 1, title }),
              })),
            ]}
          />
        </Field>
      </div>
      {missing.length > 0 ? (
        <fieldset className="flex flex-col gap-2 rounded-md border border-wait-edge p-3">
          <legend className="px-1 text-xs text-wait-ink">{words("missing", { count: missing.length })}</legend>
          <p className="text-xs text-dim">{words("missingHint")}</p>
          {missing.map(({ productId, linkNo, name }) => (
            <Checkbox
              key={productId}
              checked={!left.has(productId)}
              onChange={() => setLeft(turned(left, productId))}
              label={words("takeAlong", { linkNo, name })}
            />
          ))}
        </fieldset>
      ) : null}
      <div className="flex items-center justify-end gap-2">
        <span className="mr-auto text-xs text-faint tabular-nums" role="status">
          {words("totals", { count: copied.length, length: duration(totalMs), skipped: picked.length - copied.length })}
        </span>
        <Button onClick={onCancel}>{ui("cancel")}</Button>
        <Button look="primary" busy={busy} disabled={copied.length === 0} onClick={() => void press()}>
          {words("submit", { count: copied.length })}
        </Button>
      </div>
    </div>
  );
}

/** The same copy asked for again after a lost answer keeps its key, and acts no more; another copy gets a key of its own. */
function useKeys(): (content: string) => string {
  const last = useRef({ content: "", key: "" });
  return (content) => {
    if (last.current.content !== content) last.current = { content, key: randomId() };
    return last.current.key;
  };
}

/** No id of a cue. */
const TOP = "";

const lengthOf = (row: ChoiceRow, lengths: "planned" | "measured") =>
  lengths === "measured" ? (row.measuredMs ?? row.plannedMs) : row.plannedMs;

function turned(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Says what was done, with the way back. */
function useTelling(targetId: string, targetTitle: string) {
  const words = useTranslations("compare.copy");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const undo = async (seqs: readonly number[]) => {
    const reply = await undoCopy(targetId, seqs);
    if (reply.ok) notify({ tone: "sure", title: words("undone") });
    else {
      const again = { label: ui("retry"), run: () => void undo(seqs) };
      notify({ tone: "wait", title: words("notUndone"), text: explain(reply.failure), action: again });
    }
  };
  return (reply: Awaited<ReturnType<typeof sendCopy>>): Copied | null => {
    if (!reply.ok) {
      notify({ tone: "wait", title: words("failed"), text: explain(reply.failure) });
      return null;
    }
    const { cues, products, actsLeftOut } = reply.value;
    const notes = [
      ...(products > 0 ? [words("withProducts", { count: products })] : []),
      ...(actsLeftOut > 0 ? [words("actsLeftOut", { count: actsLeftOut })] : []),
    ];
    notify({
      tone: "sure",
      title: words("done", { count: cues, title: targetTitle }),
      text: notes.length > 0 ? notes.join(" ") : undefined,
      action: { label: words("undo"), run: () => void undo(reply.value.undo) },
    });
    return reply.value;
  };
}

type ChoiceProps = {
  rows: readonly ChoiceRow[];
  ticked: ReadonlySet<string>;
  onTick: (ticked: ReadonlySet<string>) => void;
  lengths: "planned" | "measured";
};

/** Cue by cue, or from one to another. */
function CueChoice({ rows, ticked, onTick, lengths }: ChoiceProps) {
  const words = useTranslations("compare.copy");
  const first = rows.findIndex(({ cueId }) => ticked.has(cueId));
  const last = rows.findLastIndex(({ cueId }) => ticked.has(cueId));
  const options = rows.map(({ cueId, title }, index) => ({ value: cueId, label: `${index + 1}. ${title}` }));
  const range = (from: number, to: number) =>
    onTick(new Set(rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ cueId }) => cueId)));
  const placeOf = (cueId: string) => rows.findIndex((row) => row.cueId === cueId);
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-[1fr_1fr_auto] items-end gap-3">
        <Field label={words("fromCue")}>
          <Select
            value={rows[first]?.cueId ?? null}
            placeholder={words("none")}
            onChange={(id) => range(placeOf(id), Math.max(placeOf(id), last))}
            options={options}
          />
        </Field>
        <Field label={words("toCue")}>
          <Select
            value={rows[last]?.cueId ?? null}
            placeholder={words("none")}
            onChange={(id) => range(first < 0 ? 0 : Math.min(first, placeOf(id)), placeOf(id))}
            options={options}
          />
        </Field>
        <Button onClick={() => range(0, rows.length - 1)}>{words("all")}</Button>
      </div>
      <ul aria-label={words("cues")} className="max-h-64 overflow-y-auto rounded-md border" tabIndex={0}>
        {rows.map((row, index) => (
          <li key={row.cueId} className="flex min-h-9 items-center gap-3 border-b px-3 last:border-b-0">
            <Checkbox
              className="min-w-0 flex-1"
              checked={ticked.has(row.cueId)}
              onChange={() => onTick(turned(ticked, row.cueId))}
              label={`${index + 1}. ${row.title}`}
              hint={row.lacks ? words("lacks") : undefined}
            />
            <span className={lengths === "planned" ? "w-16 text-right text-dim" : "w-16 text-right text-faint"}>
              {duration(row.plannedMs)}
            </span>
            <span className={lengths === "measured" ? "w-24 text-right text-dim" : "w-24 text-right text-faint"}>
              {row.measuredMs === null ? "–" : words("took", { length: duration(row.measuredMs) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
