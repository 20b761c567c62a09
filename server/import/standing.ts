import { setImmediate as nextTurn } from "node:timers/promises";
import { knownPersons } from "#db/queries/known-persons.ts";
import type { Database } from "#db/client.ts";
import { bookOf } from "#domain/ops/order.ts";
import { OrderItem } from "#domain/order-item.ts";
import { mergeOrder } from "#domain/order-merge.ts";
import { personKeys } from "../auth/person-keys.ts";
import { NotOwnerError } from "../live/directory.ts";
import type { Directory } from "../live/directory-contract.ts";
import { OrderSent } from "../http/ingest/item-kinds.ts";
import type { Json } from "#domain/op.ts";
import { sliceOf } from "#domain/slice-of.ts";

/** How what a file tells stands to what the show knows already. Nothing is changed by asking. */
export type Standing = { readonly fresh: number; readonly changed: number; readonly same: number };
export const NONE: Standing = { fresh: 0, changed: 0, same: 0 };

type Deps = { readonly db: Database; readonly directory: Directory; readonly secret: string };

/** Looked at in one gap of the show's writer: small enough that a running show does not feel it. */
const AT_ONCE = 500;

/** `null`: the show is written on another node, which would have to be asked item by item. */
export async function standingOfOrders(sessionId: string, sent: readonly Json[], deps: Deps): Promise<Standing | null> {
  return inStretches(sent, async (stretch) => {
    const items = await withPersons(stretch, deps);
    return deps.directory.read(sessionId, (state) => {
      const { orders } = bookOf(sliceOf(state, "order"));
      return items.reduce((sum, item) => {
        const known = orders.get(item.orderId);
        return add(sum, !known ? "fresh" : mergeOrder(known, item) === known ? "same" : "changed");
      }, NONE);
    });
  });
}

export async function standingOfSamples(
  sessionId: string,
  ids: readonly string[],
  deps: Deps,
): Promise<Standing | null> {
  return inStretches(ids, (stretch) =>
    deps.directory.read(sessionId, (state) => {
      const seen = sliceOf(state, "audience").book?.seen;
      return stretch.reduce((sum, id) => add(sum, seen?.has(`file ${id}`) ? "same" : "fresh"), NONE);
    }),
  );
}

const add = (sum: Standing, kind: keyof Standing): Standing => ({ ...sum, [kind]: sum[kind] + 1 });

async function inStretches<T>(
  items: readonly T[],
  look: (stretch: readonly T[]) => Promise<Standing>,
): Promise<Standing | null> {
  let total = NONE;
  for (let from = 0; from < items.length; from += AT_ONCE) {
    try {
      const { fresh, changed, same } = await look(items.slice(from, from + AT_ONCE));
      total = { fresh: total.fresh + fresh, changed: total.changed + changed, same: total.same + same };
    } catch (error) {
      if (error instanceof NotOwnerError) return null;
      throw error;
    }
    await nextTurn();
  }
  return total;
}

/** Of whom no show knows anything yet; they get their id when they are recorded. */
const SOMEBODY_NEW = "v_somebodyNew0000000000";

/** As recording would turn them into items, but without making anybody. */
async function withPersons(sent: readonly Json[], { db, secret }: Deps): Promise<OrderItem[]> {
  const { hashOf } = personKeys(secret);
  const parsed = sent.flatMap((item) => OrderSent.safeParse(item).data ?? []);
  const keys = parsed.flatMap(({ personKey }) => personKey ?? []);
  const known = await knownPersons(db, keys.map(hashOf));
  return parsed.map(({ personKey, personName: _name, personId, ...order }) => {
    const id = personId ?? (personKey === undefined ? undefined : (known.get(hashOf(personKey)) ?? SOMEBODY_NEW));
    return OrderItem.parse(id === undefined ? order : { ...order, personId: id });
  });
}
