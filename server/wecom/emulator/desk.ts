import type { Rates } from "./api/rates.ts";
import type { Deliveries } from "./callbacks/deliveries.ts";
import type { World } from "./state/world.ts";

/** What an act on a phone or in the console works with. */
export type Desk = { readonly world: World; readonly rates: Rates; readonly deliveries: Deliveries };

/** Why an act on a phone or a control call is not possible; an API call has a Refusal instead. */
export class NotPossible extends Error {
  override readonly name = "NotPossible";
}
