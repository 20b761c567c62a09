import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

/**
 * Many senders at once, each sending one command after the other and each command, as a good client does, again under the same id until it is answered.
 * What was acknowledged is written down, to be looked for in the log.
 */
export type Ack = { readonly by: string; readonly commandId: string; readonly seq: number };

export type Storm = {
  readonly acks: readonly Ack[];
  /** How often the answer was `retry`, and how often there was none. */
  readonly counts: { retry: number; lost: number; refused: number };
  /** No new commands; waits until those under way are answered. */
  stop(): Promise<void>;
  /** Resolves when this many commands have been acknowledged. */
  acked(count: number): Promise<void>;
};

export type StormOptions = {
  readonly sessionId: string;
  readonly senders: number;
  /** Where the n-th try goes; nodes may come and go. */
  urlOf(sender: number): string;
  /** Patience with one try, in ms. */
  timeoutMs?: number;
  /** What is sent; an operator's edits unless given. */
  commandOf?: (sender: number, n: number) => StormCommand;
};

export type StormCommand = {
  readonly command: { readonly id: string; readonly type: string; readonly input: unknown };
  readonly sender: { readonly id: string; readonly grants: readonly string[] };
};

function edit(sender: number, n: number): StormCommand {
  const command = { id: `s${sender}-${n}`, type: "session.edit", input: { title: `示例 ${sender}-${n}` } };
  return { command, sender: { id: `staff:s${sender}`, grants: ["operator"] } };
}

const Answer = z.object({
  status: z.string(),
  seq: z.number().optional(),
  code: z.string().optional(),
  retryAfterMs: z.number().optional(),
});

export function startStorm(options: StormOptions): Storm {
  const acks: Ack[] = [];
  const counts = { retry: 0, lost: 0, refused: 0 };
  let going = true;
  let waiting: { count: number; done: () => void }[] = [];

  const note = (ack: Ack) => {
    acks.push(ack);
    waiting = waiting.filter(({ count, done }) => {
      if (acks.length < count) return true;
      done();
      return false;
    });
  };

  const send = async (sender: number, n: number): Promise<void> => {
    const sent = (options.commandOf ?? edit)(sender, n);
    const body = JSON.stringify({ sessionId: options.sessionId, ...sent });
    for (const giveUpAt = Date.now() + 60_000; Date.now() < giveUpAt;) {
      const signal = AbortSignal.timeout(options.timeoutMs ?? 6_000);
      const answer = await fetch(`${options.urlOf(sender)}/send`, { method: "POST", body, signal })
        .then(async (response) => Answer.parse(await response.json()))
        .catch(() => null);
      if (answer?.status === "ok") {
        return note({ by: sent.sender.id, commandId: sent.command.id, seq: answer.seq ?? -1 });
      }
      if (answer === null) counts.lost += 1;
      else if (answer.status === "retry") counts.retry += 1;
      else {
        counts.refused += 1;
        return;
      }
      await sleep(Math.min(answer?.retryAfterMs ?? 100, 200));
    }
  };

  const runs = Array.from({ length: options.senders }, async (_, sender) => {
    for (let n = 0; going; n += 1) await send(sender, n);
  });
  return {
    acks,
    counts,
    async stop() {
      going = false;
      await Promise.all(runs);
    },
    acked: (count) => (acks.length >= count ? Promise.resolve() : new Promise((done) => waiting.push({ count, done }))),
  };
}
