import type { CommandInput } from "#domain/ops/index.ts";
import { fieldsOfCopy } from "#domain/push/copy.ts";
import type { PushRow } from "#domain/push/rows.ts";

/** 战报 by robot are pushes like others; these are known by what sets them off and by what they say. Pure. */

export const REPORT_KINDS = ["halfHour", "ended"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

const fields = { halfHour: "halfHour", ended: "report" } as const;

/** The one of its kind that still goes out. */
export function reportRow(rows: Iterable<PushRow>, kind: ReportKind): PushRow | null {
  for (const row of rows) {
    const { when, closed, copy, rounds } = row;
    const isOpen = !closed && (kind === "halfHour" || rounds === 0);
    if (row.kind === "robot" && isOpen && when.by === "event" && when.on === kind) {
      if (fieldsOfCopy(copy).includes(fields[kind])) return row;
    }
  }
  return null;
}

export function reportPlan(kind: ReportKind, title: string, robotIds: readonly string[]): CommandInput<"push.plan"> {
  return {
    kind: "robot",
    title,
    copy: { text: `{{${fields[kind]}}}`, link: "report" },
    when: { by: "event", on: kind, once: kind === "ended" },
    audience: { robotIds: [...robotIds] },
  };
}

/** What takes it off: one that went out can't be removed, only ended. */
export const offCommand = ({ rounds }: PushRow): "push.remove" | "push.cancel" =>
  rounds === 0 ? "push.remove" : "push.cancel";
