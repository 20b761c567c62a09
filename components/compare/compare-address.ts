/** What stands in the address of the compare page: `/compare?ids=a,b&base=a&mixed=1`. */

export type CompareAddress = {
  readonly ids: readonly string[];
  readonly base: string | null;
  /** Rehearsals beside real shows, as was asked. */
  readonly mixed: boolean;
};

export function readAddress(search: string): CompareAddress {
  const query = new URLSearchParams(search);
  const ids = (query.get("ids") ?? "").split(",").filter((id) => id !== "");
  return { ids: [...new Set(ids)], base: query.get("base"), mixed: query.get("mixed") === "1" };
}

export function compareHref(ids: readonly string[], base: string | null = null, mixed = false): string {
  const query = [`ids=${ids.map(encodeURIComponent).join(",")}`];
  if (base !== null) query.push(`base=${encodeURIComponent(base)}`);
  if (mixed) query.push("mixed=1");
  return `/compare?${query.join("&")}`;
}
