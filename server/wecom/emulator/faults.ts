import { z } from "zod";

export const Fault = z.object({
  /** Part of the path, or the whole of it; `*` stands for anything. */
  path: z.string().min(1).default("*"),
  kind: z.enum([
    /** Taken at once, answered late: the caller's time-out leaves it in the dark, the effect is there. */
    "slow",
    /** Taken late. */
    "stall",
    /** HTTP status and nothing done. */
    "http500",
    "http502",
    /** Taken; half of the answer, then the connection is cut. */
    "half",
    /** Taken; the connection is cut without an answer. */
    "cutAfter",
    /** Cut before anything was done. */
    "cutBefore",
    /** Taken; the answer is no JSON. */
    "malformed",
    /** Taken; the answer has fields nobody knows. */
    "extraFields",
    /** Not done; answered with `errcode`. */
    "errcode",
  ]),
  times: z.int().min(1).max(1_000_000).default(1),
  delayMs: z.int().min(0).max(600_000).default(0),
  errcode: z.int().default(-1),
  /** Of the calls that match, so many get it. */
  share: z.number().min(0).max(1).default(1),
  /** Let so many matching calls pass first. */
  after: z.int().min(0).default(0),
});
export type Fault = z.infer<typeof Fault>;

export type PlannedFault = Fault & { readonly id: number; left: number; toPass: number };

/** Faults wait in order; the first that fits a call is used up by one. */
export class Faults {
  planned: PlannedFault[] = [];
  #lastId = 0;

  add(fault: Fault): PlannedFault {
    this.#lastId += 1;
    const planned = { ...fault, id: this.#lastId, left: fault.times, toPass: fault.after };
    this.planned.push(planned);
    return planned;
  }

  remove(id: number | null): void {
    this.planned = id === null ? [] : this.planned.filter((fault) => fault.id !== id);
  }

  take(path: string): Fault | null {
    for (const fault of this.planned) {
      if (!fits(fault.path, path)) continue;
      if (fault.toPass > 0) {
        fault.toPass -= 1;
        continue;
      }
      if (Math.random() >= fault.share) continue;
      fault.left -= 1;
      if (fault.left === 0) this.remove(fault.id);
      return fault;
    }
    return null;
  }
}

function fits(pattern: string, path: string): boolean {
  if (!pattern.includes("*")) return path.includes(pattern);
  const source = pattern
    .split("*")
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join(".*");
  return new RegExp(`^${source}$`).test(path);
}
