import * as z from "zod/mini";
import { DOCTOR_CHECKS, DOCTOR_FINDINGS } from "#domain/wecom-doctor.ts";

export const DoctorLine = z.object({
  check: z.enum(DOCTOR_CHECKS),
  /** The app or robot that it is about. */
  subject: z.string(),
  state: z.enum(["ok", "failed", "notChecked"]),
  code: z.enum(DOCTOR_FINDINGS),
  errcode: z.nullable(z.number()),
  hint: z.nullable(z.string()),
  value: z.nullable(z.string()),
  at: z.nullable(z.number()),
});
export type DoctorLine = z.infer<typeof DoctorLine>;
export const Diagnosis = z.object({ at: z.number(), lines: z.array(DoctorLine) });
export type Diagnosis = z.infer<typeof Diagnosis>;

/** Lines by what they are about, in the order in which they came. */
export function bySubject(lines: readonly DoctorLine[]): { readonly subject: string; readonly lines: DoctorLine[] }[] {
  const found = new Map<string, DoctorLine[]>();
  for (const line of lines) found.set(line.subject, [...(found.get(line.subject) ?? []), line]);
  return [...found].map(([subject, own]) => ({ subject, lines: own }));
}
