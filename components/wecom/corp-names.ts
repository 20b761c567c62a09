import * as z from "zod/mini";
import { request } from "../http/request.ts";
import { useLoaded, type Loaded } from "../http/use-loaded.ts";

const RoomChoices = z.object({
  rooms: z.array(z.object({ roomId: z.string(), use: z.enum(["show", "rehearsal"]), corpId: z.string() })),
  corps: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type RoomChoices = z.infer<typeof RoomChoices>;
export type CorpName = RoomChoices["corps"][number];

/** Companies whose groups this person may see, and which rooms use them. */
export function useRoomChoices(): Loaded<RoomChoices> {
  return useLoaded("wecom rooms", (signal) => request("/api/v1/wecom/rooms", { shape: RoomChoices, signal }));
}
