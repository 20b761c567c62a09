"use client";
import { useTranslations } from "next-intl";
import { NEW_TO, type SignupRules as Rules } from "#domain/warmup/signups.ts";
import { useDesk } from "../../live/desk.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Select } from "../../ui/select.tsx";
import { useSpanWords } from "../span-words.ts";
import { useUndoable } from "../use-undoable.ts";
import { PAGE_PLANNERS } from "../warmup-roles.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WINDOWS = [HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 30 * DAY_MS];
const LEAVES = [0, HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 30 * DAY_MS];

/** Whom an invite must bring, and until when it counts: for sign-ups from now on. */
export function SignupRules() {
  const words = useTranslations("invites.rules");
  const { newTo, touchWindowMs, leaveWithinMs } = useSession((show) => show.signups.rules);
  const disabled = !useDesk().may(PAGE_PLANNERS);
  const span = useSpanWords();
  const undoable = useUndoable();
  const set = <K extends keyof Rules>(rule: K, from: Rules[K], to: Rules[K]) => {
    if (from === to) return;
    void undoable("signup.configure", { [rule]: to }, { title: words("saved"), expect: { from: { [rule]: from } } });
  };
  const spans = (choices: readonly number[], now: number) =>
    [...new Set([...choices, now])]
      .toSorted((a, b) => a - b)
      .map((ms) => ({ value: String(ms), label: ms === 0 ? words("leaveNever") : span(ms) }));
  return (
    <Popover
      label={words("title")}
      className="w-96"
      trigger={
        <Button size="sm" look="ghost">
          {words("title")} <span className="font-normal text-faint">{words(`newToOf.${newTo}`)}</span>
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-xs text-dim">{words("text")}</p>
        <Field label={words("newTo")} hint={words(`newToHint.${newTo}`)}>
          <Select
            value={newTo}
            disabled={disabled}
            onChange={(to) => set("newTo", newTo, to)}
            options={NEW_TO.map((value) => ({ value, label: words(`newToOf.${value}`) }))}
          />
        </Field>
        <Field label={words("window")}>
          <Select
            value={String(touchWindowMs)}
            disabled={disabled}
            onChange={(to) => set("touchWindowMs", touchWindowMs, Number(to))}
            options={spans(WINDOWS, touchWindowMs)}
          />
        </Field>
        <Field label={words("leave")} hint={words("leaveHint")}>
          <Select
            value={String(leaveWithinMs)}
            disabled={disabled}
            onChange={(to) => set("leaveWithinMs", leaveWithinMs, Number(to))}
            options={spans(LEAVES, leaveWithinMs)}
          />
        </Field>
      </div>
    </Popover>
  );
}
