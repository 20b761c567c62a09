"use client";
import { useState } from "react";
import { yuan } from "../format/money.ts";
import { ActButton } from "./act-button.tsx";
import { Card } from "./card.tsx";
import { useShow, useWords } from "./viewer-context.tsx";
import { shelfOf } from "./shelf.ts";
import type { ViewerProduct } from "./viewer-data.ts";

/** A cheap phone draws a screenful; the rest when asked. */
const FIRST_ROWS = 12;

/** What is in the bag. */
export function ProductShelf() {
  const { products, session } = useShow().slices;
  const words = useWords();
  const [all, setAll] = useState(false);
  const rows = shelfOf(products, session.phase);
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  if (rows.length === 0) return null;
  return (
    <Card title={words.bag} note={words.pieces(rows.length)}>
      <ul className="divide-y divide-line">
        {shown.map((product) => (
          <ProductRow key={product.productId} product={product} />
        ))}
      </ul>
      {shown.length < rows.length ? (
        <ActButton wide onPress={() => setAll(true)}>
          {words.showAll(rows.length)}
        </ActButton>
      ) : null}
      {session.phase === "ended" ? null : <p className="mt-2 text-sm text-dim">{words.buyInRoom}</p>}
    </Card>
  );
}

export function ProductRow({ product }: { readonly product: ViewerProduct }) {
  return (
    <li className="flex gap-3 py-3">
      <Picture product={product} className="size-16 rounded-lg" />
      <div className="min-w-0 flex-1">
        <p className="text-base leading-snug break-words">{product.name}</p>
        <Facts product={product} />
      </div>
    </li>
  );
}

/** What the host talks about now: the same moment as the room, so that the page and the stream are one. */
export function OnScreen() {
  const { products, explained, session } = useShow().slices;
  const words = useWords();
  const product = products.find(([productId]) => productId === explained?.productId)?.[1];
  if (!product || session.phase === "ended") return null;
  return (
    <section className="overflow-hidden rounded-2xl bg-card ring-2 ring-act" aria-label={words.explaining}>
      <p className="flex items-center gap-2 bg-act px-4 py-1.5 text-sm font-semibold text-white">
        <span aria-hidden className="size-2 rounded-full bg-white motion-safe:animate-pulse" />
        {words.explaining}
      </p>
      <div className="flex gap-4 p-4">
        <Picture product={product} className="size-24 rounded-xl" />
        <div className="min-w-0 flex-1">
          <h2 className="text-lg leading-snug font-semibold break-words">{product.name}</h2>
          <Facts product={product} />
        </div>
      </div>
    </section>
  );
}

function Facts({ product }: { readonly product: ViewerProduct }) {
  const words = useWords();
  const { linkNo, mechanism, priceFen, usualFen, netPriceFen, saleState } = product;
  return (
    <>
      <p className="text-sm text-dim">{words.link(linkNo)}</p>
      {mechanism ? <p className="text-sm text-gold break-words">{mechanism}</p> : null}
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2">
        {saleState === "notYet" ? <span className="text-sm text-dim">{words.notYetOnSale}</span> : null}
        {priceFen === null ? null : <span className="text-lg font-bold text-act">{yuan(priceFen)}</span>}
        {usualFen !== null && priceFen !== null && usualFen > priceFen ? (
          <span className="text-sm text-dim">{words.usualPrice(yuan(usualFen))}</span>
        ) : null}
        {netPriceFen === null ? null : (
          <span className="text-sm text-act">
            {words.netPrice} {yuan(netPriceFen)}
          </span>
        )}
        {saleState === "soldOut" ? (
          <span className="rounded bg-line px-1.5 text-sm font-semibold text-ink">{words.soldOut}</span>
        ) : null}
      </p>
    </>
  );
}

/** The link's number stands in for a picture that is not there or does not load. */
function Picture({
  product: { pictureUrl, linkNo },
  className,
}: {
  readonly product: ViewerProduct;
  readonly className: string;
}) {
  const [broken, setBroken] = useState<string | null>(null);
  if (!pictureUrl || broken === pictureUrl) {
    return (
      <span
        aria-hidden
        className={`grid shrink-0 place-items-center bg-gold-soft text-xl font-bold text-gold ${className}`}
      >
        {linkNo}
      </span>
    );
  }
  return (
    // Pictures lie on the shop's own hosts, sized by it; a proxy of ours would only be slower.
    <img
      src={pictureUrl}
      alt=""
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      className={`shrink-0 bg-ground object-cover ${className}`}
      onError={() => setBroken(pictureUrl)}
    />
  );
}
