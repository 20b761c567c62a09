import * as z from "zod/mini";
import { AnyAnswer, request } from "../http/request.ts";

/** What a room remembers of the columns of its own sheets: header to field, "" for a column to leave out. */
const Memory = z.object({ columns: z.record(z.string(), z.string()) });
export type Columns = z.infer<typeof Memory>["columns"];

const path = (roomId: string) => `/api/v1/rooms/${encodeURIComponent(roomId)}/mappings/productSheet`;

/** Without an answer the columns are only guessed anew; nothing depends on the memory. */
export async function rememberedColumns(roomId: string): Promise<Columns> {
  const reply = await request(path(roomId), { shape: Memory });
  return reply.ok ? reply.value.columns : {};
}

export async function keepColumns(roomId: string, columns: Columns): Promise<void> {
  await request(path(roomId), { method: "PUT", body: { columns }, shape: AnyAnswer });
}
