import * as z from "zod/mini";
import { AnyAnswer, request } from "../http/request.ts";

/** What a room remembers of the columns of its own sheets: a header's plain form to its field, "" for a column to leave out. */
export const Columns = z.object({ columns: z.record(z.string(), z.string()) });
export type ColumnMemory = z.infer<typeof Columns>["columns"];

export const mappingPath = (roomId: string, kind: "productSheet" | "orders" | "audience" = "productSheet") =>
  `/api/v1/rooms/${encodeURIComponent(roomId)}/mappings/${kind}`;

/** Without an answer the columns are only guessed anew; nothing depends on the memory. */
export async function rememberedColumns(roomId: string): Promise<ColumnMemory> {
  const reply = await request(mappingPath(roomId), { shape: Columns });
  return reply.ok ? reply.value.columns : {};
}

export async function keepColumns(roomId: string, columns: ColumnMemory): Promise<void> {
  await request(mappingPath(roomId), { method: "PUT", body: { columns }, shape: AnyAnswer });
}
