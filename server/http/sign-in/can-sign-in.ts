import type { Wecom } from "../../wecom/wecom.ts";

/** Whether the company has an app by which its members can say who they are. */
export async function canSignIn({ secrets }: Wecom, corpRow: string): Promise<boolean> {
  const client = await secrets.clientFor(corpRow, "sign_in");
  return client !== null && client.agentId !== null;
}
