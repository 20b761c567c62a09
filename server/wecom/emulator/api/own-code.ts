import { z } from "zod";
import type { ContactWay } from "../state/customer-rows.ts";
import type { JoinWay } from "../state/group-rows.ts";
import { type Call, endpoint, isRefused, refuse, type Refusal } from "./endpoint.ts";

/** What codes of groups (§8) and of members have in common: one quota, and an app sees only its own. */

export const ById = z.object({ config_id: z.string().min(1) });

export function codesLeft({ corp, world }: Call): number {
  return world.switches.codesMax - corp.joinWays.size - corp.contactWays.size;
}

export function ownCode<C extends JoinWay | ContactWay>(
  codes: ReadonlyMap<string, C>,
  { app }: Call,
  configId: string,
): C | Refusal {
  const code = codes.get(configId);
  return code?.agentId === app.agentId ? code : refuse(41044, "invalid config id");
}

type Codes = Map<string, JoinWay> | Map<string, ContactWay>;

export function removing(path: string, codesOf: (call: Call) => Codes) {
  return endpoint({
    path,
    methods: ["POST"],
    contact: true,
    input: ById,
    run(call, { config_id: configId }) {
      const codes: ReadonlyMap<string, JoinWay | ContactWay> = codesOf(call);
      const code = ownCode(codes, call, configId);
      if (isRefused(code)) return code;
      codesOf(call).delete(configId);
      call.world.changed();
      return {};
    },
  });
}
