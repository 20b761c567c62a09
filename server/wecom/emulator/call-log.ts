const KEPT = 2_000;

export type LoggedCall = {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly agentId: number | null;
  /** null: no answer, or none with a code. */
  readonly errcode: number | null;
  readonly fault: string | null;
  readonly body: unknown;
};

/** What was asked of the API, for tests and for the page. Bodies are kept, addresses with their tokens are not. */
export class CallLog {
  readonly recent: LoggedCall[] = [];
  readonly counts = new Map<string, number>();

  add(call: LoggedCall): void {
    this.recent.push(call);
    if (this.recent.length > KEPT) this.recent.splice(0, this.recent.length - KEPT);
    this.counts.set(call.path, (this.counts.get(call.path) ?? 0) + 1);
  }

  reset(): void {
    this.recent.length = 0;
    this.counts.clear();
  }
}
