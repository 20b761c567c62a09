import { claimsProjection } from "./claims-projection.ts";
import { ordersProjection } from "./orders-projection.ts";
import type { Projection } from "./projection.ts";
import { engine } from "#domain/ops/index.ts";
import { pushesProjection } from "./pushes-projection.ts";
import { roomNotesProjection } from "./room-notes-projection.ts";
import { showsProjection } from "./shows-projection.ts";
import { signupsProjection } from "./signups-projection.ts";
import { totalsProjection } from "./totals-projection.ts";
import { warmupProjection } from "./warmup-projection.ts";
import { winnersProjection } from "./winners-projection.ts";

/** All tables that follow from the logs. */
export const projections: readonly Projection[] = [
  ordersProjection,
  claimsProjection,
  winnersProjection,
  roomNotesProjection,
  showsProjection(engine),
  totalsProjection,
  pushesProjection,
  signupsProjection,
  warmupProjection,
];
