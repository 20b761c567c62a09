/** Which product of one show is which of another. Pure; shows have ids of their own, platforms and teams do not. */

export type KnownProduct = {
  readonly productId: string;
  readonly linkNo: number;
  readonly name: string;
  readonly platformId: string | null;
};

/** Names as people type them twice: width, space and case say nothing. */
export const plainName = (text: string): string => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();

/** The wanted show's product by the other's: by the platform's id, else by link number and name together. */
export function sameProducts(
  wanted: readonly KnownProduct[],
  others: readonly KnownProduct[],
): ReadonlyMap<string, string> {
  const byPlatform = new Map(
    wanted.flatMap((one) => (one.platformId === null ? [] : [[one.platformId, one] as const])),
  );
  const byLink = new Map(wanted.map((one) => [`${one.linkNo} ${plainName(one.name)}`, one] as const));
  return new Map(
    others.flatMap(({ productId, platformId, linkNo, name }) => {
      const found =
        (platformId === null ? undefined : byPlatform.get(platformId)) ?? byLink.get(`${linkNo} ${plainName(name)}`);
      return found ? [[productId, found.productId] as const] : [];
    }),
  );
}

/** As `sameProducts`; link numbers change from show to show, so a name that only one product has on either side finds it too. */
export function foundProducts(
  wanted: readonly KnownProduct[],
  others: readonly KnownProduct[],
): ReadonlyMap<string, string> {
  const found = new Map(sameProducts(wanted, others));
  const used = new Set(found.values());
  const named = onlyByName(wanted);
  for (const [name, other] of onlyByName(others)) {
    const same = named.get(name);
    if (!same || found.has(other.productId) || used.has(same.productId)) continue;
    const contradicts = same.platformId !== null && other.platformId !== null && same.platformId !== other.platformId;
    if (!contradicts) found.set(other.productId, same.productId);
  }
  return found;
}

function onlyByName(products: readonly KnownProduct[]): ReadonlyMap<string, KnownProduct> {
  const names = new Map<string, KnownProduct | null>();
  for (const product of products) {
    const name = plainName(product.name);
    names.set(name, names.has(name) ? null : product);
  }
  return new Map([...names].flatMap(([name, product]) => (product ? [[name, product] as const] : [])));
}
