/** Where in `sent`, as dotted paths, there stands what a schema passed over without a word: fields that `read`, what it made of it, has not. At most 20. */
export function passedOver(sent: unknown, read: unknown, path: string): string[] {
  if (typeof sent !== "object" || sent === null || sent === read) return [];
  if (typeof read !== "object" || read === null) return [path];
  const kept = new Map<string, unknown>(Object.entries(read));
  return Object.entries(sent)
    .filter(([, value]) => value !== undefined)
    .flatMap(([key, value]) => {
      const place = `${path}.${key}`;
      return kept.has(key) ? passedOver(value, kept.get(key), place) : [place];
    })
    .slice(0, 20);
}
