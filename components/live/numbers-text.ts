/** "1.2 万" and "12,000" as people read them off the big screen. */
export function numberFromText(text: string): number | null | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/[,\s¥￥]/g, "")
    .toLowerCase();
  if (plain === "") return null;
  const found = /^(\d{1,9}(?:\.\d{1,4})?)(万|w)?$/.exec(plain);
  if (!found) return undefined;
  const value = Number(found[1]) * (found[2] ? 10_000 : 1);
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-6 ? whole : undefined;
}
