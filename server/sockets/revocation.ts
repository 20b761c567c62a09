import type { Audience, Grant } from "#domain/op.ts";
import type { Principal } from "../auth/principal.ts";
import { audienceOf, grantsIn, maySee } from "../http/access.ts";
import type { ApiContext } from "../http/context.ts";
import type { Logger } from "../lib/log.ts";
import type { Client, Gate } from "./protocol.ts";

/**
 * Looks every second whether those who are connected may still be: one question to the database for all of them, on every node, so that it
 * does not matter where something was revoked.
 */
export type SweepDeps = {
  readonly io: Gate;
  readonly context: Pick<ApiContext, "principals">;
  readonly log: Logger;
  readonly everyMs: number;
  /** Called when a socket stays, but as somebody with another name or other roles. */
  readonly changed: (client: Client) => void;
};

export function sweepRevoked(deps: SweepDeps): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const turn = async (): Promise<void> => {
    try {
      await sweep(deps);
    } catch (error) {
      // While the database is away nobody can be asked; nothing can be done in a show then either.
      deps.log.warn({ err: error }, "revocations could not be looked up");
    }
    if (!stopped) timer = setTimeout(() => void turn(), deps.everyMs);
  };
  timer = setTimeout(() => void turn(), deps.everyMs);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function sweep({ io, context, changed }: SweepDeps): Promise<void> {
  const clients = [...io.of("/").sockets.values()];
  if (clients.length === 0) return;
  const byKey = new Map(clients.map(({ data }) => [data.principal.key, data.principal]));
  const current = await context.principals.current([...byKey.values()], Date.now());
  for (const client of clients) {
    const was = client.data.principal;
    // Whoever came after the question was asked is looked at next time.
    if (!byKey.has(was.key)) continue;
    const now = current.get(was.key);
    if (!now) {
      close(client, "auth.revoked");
      continue;
    }
    client.data.principal = now;
    const { joined } = client.data;
    if (joined && !stillSees(grantsIn(now, joined.place), joined.audience)) close(client, "access.denied");
    else if (!sameStanding(was, now)) changed(client);
  }
}

/** Also what is shown as less to those who deliver no prizes any more. */
const stillSees = (grants: readonly Grant[], audience: Audience) =>
  maySee(grants, audience) && audienceOf(grants, audience) === audience;

function close(client: Client, code: string): void {
  client.emit("revoked", { code });
  client.disconnect(true);
}

function sameStanding(a: Principal, b: Principal): boolean {
  return standing(a) === standing(b);
}

function standing(principal: Principal): string {
  const { kind } = principal;
  if (kind === "viewer" || kind === "rehearsal" || kind === "share" || kind === "forward") return "";
  const roles = principal.kind === "staff" ? [principal.owner, ...principal.rolesByRoom] : [];
  return JSON.stringify([principal.name, roles]);
}
