import { ordersProjection } from "./orders-projection.ts";
import type { Projection } from "./projection.ts";

/** All tables that follow from the logs. */
export const projections: readonly Projection[] = [ordersProjection];
