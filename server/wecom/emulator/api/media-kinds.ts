/** By its first bytes; names and declared types prove nothing. */
export function fileKind(bytes: Buffer): "jpg" | "png" | "amr" | "mp4" | "other" {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "jpg";
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "png";
  if (bytes.subarray(0, 5).toString("latin1") === "#!AMR") return "amr";
  if (bytes.subarray(4, 8).toString("latin1") === "ftyp") return "mp4";
  return "other";
}
