import type { ImportedOrder } from "#domain/sheet/imported-order.ts";
import { productsOfOrders } from "#domain/sheet/products-of-orders.ts";
import { engine } from "#domain/ops/index.ts";
import type { Json } from "#domain/op.ts";
import { rowsIn } from "#domain/snapshot-parts.ts";
import { idFrom } from "../auth/ids.ts";
import { senderId, type Principal } from "../auth/principal.ts";
import { grantsIn } from "../http/access.ts";
import type { ApiContext, Entry } from "../http/context.ts";
import { invalid, rejected } from "../http/failures.ts";
import { BusyError, type Sender } from "../live/directory-contract.ts";

export type PastShow = { readonly title: string; readonly startedAt: number; readonly endedAt: number };
export type Making = {
  readonly importId: string;
  readonly roomId: string;
  readonly show: PastShow;
  readonly principal: Principal;
  readonly context: ApiContext;
};

/** The show that a file tells of, over before Kaibo heard of it (SES10). One file makes one show, however often it is asked for. */
export async function makePastShow({ importId, roomId, show, principal, context }: Making): Promise<string> {
  const { directory, places, showIndex, secret } = context;
  const id = pastShowId(importId, secret);
  const sender = { id: senderId(principal), grants: grantsIn(principal, { sessionId: id, roomId }) };
  const { title, startedAt, endedAt } = show;
  const plan = { sessionId: id, roomId, title, plannedStartAt: startedAt, plannedEndAt: endedAt };
  const send = sending(id, sender, directory);
  const made = await send("session.create", plan);
  if (made !== "ok" && made !== "session.exists") throw rejected(made);
  places.remember({ sessionId: id, roomId });
  const past = await send("session.recordPast", { startedAt, endedAt });
  if (past === "session.alreadyStarted") await corrected(send, { startedAt, endedAt });
  else if (past !== "ok") throw rejected(past);
  await showIndex.refresh(id);
  return id;
}

export const pastShowId = (importId: string, secret: string): string => idFrom("s", secret, "import", importId);

/**
 * Puts the products that the file tells of into the new show's plan, so that its figures have names. Part of making the show: who may do that may
 * do this, programs too. A show that has products keeps them.
 */
export async function listProducts(entry: Entry, orders: readonly ImportedOrder[], context: ApiContext): Promise<void> {
  const { sessionId } = entry.place;
  const listed = rowsIn(await context.directory.snapshot(sessionId, "control"), "products");
  const products = productsOfOrders(orders);
  if (products.length === 0 || listed.length > 0) return;
  const sheet = products.map((product) => ({ ...product, skus: product.skus.map((sku) => ({ ...sku })) }));
  const send = sending(sessionId, { id: senderId(entry.principal), grants: entry.grants }, context.directory);
  const answer = await send("bag.applySheet", { products: sheet });
  if (answer !== "ok") throw rejected(answer);
}

type Send = (type: string, input: Json) => Promise<string>;

/** Asked again with other times, after the file itself could not be taken over. */
async function corrected(send: Send, times: { readonly startedAt: number; readonly endedAt: number }): Promise<void> {
  const answer = await send("session.correctTimes", times);
  if (answer !== "ok") throw rejected(answer);
}

/** Answers with "ok" or the code of the refusal. The id says what is asked, so that the same request again is one command. */
function sending(sessionId: string, sender: Sender, directory: ApiContext["directory"]): Send {
  return async (type, input) => {
    const id = idFrom("s", sessionId, type, JSON.stringify(input));
    const checked = engine.parse({ id, type, input });
    if (!("parsed" in checked)) {
      throw invalid(checked.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^input\.?/, "show.") })));
    }
    const answer = await directory.send(sessionId, checked.parsed, sender);
    if (answer.status === "retry") throw new BusyError(answer.retryAfterMs);
    if (answer.status === "invalid") throw invalid(answer.issues);
    return answer.status === "ok" ? "ok" : answer.code;
  };
}
