"use client";
import { useState } from "react";
import { clockTime } from "../../format/time.ts";
import { Card } from "../card.tsx";
import { CouponList } from "../coupon-card.tsx";
import type { BlockOf, LandingBlock } from "../landing.ts";
import { ProductRow } from "../product-shelf.tsx";
import { useShow, useWords } from "../viewer-context.tsx";
import { ActCards } from "./act-cards.tsx";
import { Benefits, Titled } from "./benefits.tsx";

/** One block of the landing page. What it would show and is not there (a product that is not in the bag yet) leaves no hole. */
export function Block({ block }: { readonly block: LandingBlock }) {
  switch (block.kind) {
    case "hero":
      return <Hero block={block} />;
    case "benefits":
      return <Benefits block={block} />;
    case "act":
      return <ActCards text={block.text} />;
    case "proof":
      return <Proof block={block} />;
    case "products":
      return <Products block={block} />;
    case "coupons":
      return <Coupons block={block} />;
    case "agenda":
      return <Agenda block={block} />;
    case "host":
      return <Host block={block} />;
    case "quotes":
      return <Quotes block={block} />;
    case "rules":
      return (
        <Titled title={block.title}>
          <p className="text-sm whitespace-pre-line break-words">{block.text}</p>
        </Titled>
      );
    case "faq":
      return <Faq block={block} />;
    case "how":
      return <How block={block} />;
    default:
      return block satisfies never;
  }
}

function Hero({ block: { title, subtitle, pictureUrl } }: { readonly block: BlockOf<"hero"> }) {
  return (
    <section className="overflow-hidden rounded-2xl bg-card">
      <TeamPicture url={pictureUrl} className="aspect-[16/9] w-full" />
      <div className="p-4">
        <h2 className="text-xl leading-snug font-bold break-words">{title}</h2>
        {subtitle ? <p className="mt-1 text-base break-words text-dim">{subtitle}</p> : null}
      </div>
    </section>
  );
}

function Proof({ block: { title, items } }: { readonly block: BlockOf<"proof"> }) {
  if (items.length === 0) return null;
  return (
    <Titled title={title}>
      <ul className="space-y-3">
        {items.map((item, index) => (
          <li key={index}>
            <TeamPicture url={item.pictureUrl} className="mb-2 max-h-80 w-full rounded-xl" />
            <p className="text-base break-words">{item.text}</p>
          </li>
        ))}
      </ul>
    </Titled>
  );
}

function Products({ block: { title, productIds } }: { readonly block: BlockOf<"products"> }) {
  const words = useWords();
  const products = new Map(useShow().slices.products);
  const rows = productIds.flatMap((id) => products.get(id) ?? []);
  if (rows.length === 0) return null;
  return (
    <Card title={title || words.bag}>
      <ul className="divide-y divide-line">
        {rows.map((product) => (
          <ProductRow key={product.productId} product={product} />
        ))}
      </ul>
    </Card>
  );
}

function Coupons({ block: { title, couponIds } }: { readonly block: BlockOf<"coupons"> }) {
  const words = useWords();
  const coupons = new Map(useShow().slices.coupons);
  const rows = couponIds.flatMap((id) => coupons.get(id) ?? []);
  if (rows.length === 0) return null;
  return (
    <Card title={title || words.coupons}>
      <CouponList coupons={rows} />
    </Card>
  );
}

function Agenda({ block: { title, items } }: { readonly block: BlockOf<"agenda"> }) {
  const { plannedStartAt } = useShow().slices.session;
  if (items.length === 0) return null;
  return (
    <Titled title={title}>
      <ol className="space-y-2">
        {items.map((item, index) => (
          <li key={index} className="flex gap-3 text-base">
            <span className="shrink-0 font-semibold text-act">{clockTime(plannedStartAt + item.offsetMs)}</span>
            <span className="min-w-0 break-words">{item.text}</span>
          </li>
        ))}
      </ol>
    </Titled>
  );
}

function Host({ block: { title, name, text, pictureUrl } }: { readonly block: BlockOf<"host"> }) {
  return (
    <Titled title={title}>
      <div className="flex gap-3">
        <TeamPicture url={pictureUrl} className="size-16 shrink-0 rounded-full" />
        <div className="min-w-0 flex-1">
          <p className="text-base font-semibold break-words">{name}</p>
          <p className="text-sm whitespace-pre-line break-words text-dim">{text}</p>
        </div>
      </div>
    </Titled>
  );
}

function Quotes({ block: { title, items } }: { readonly block: BlockOf<"quotes"> }) {
  if (items.length === 0) return null;
  return (
    <Titled title={title}>
      <ul className="space-y-3">
        {items.map((item, index) => (
          <li key={index} className="rounded-xl bg-gold-soft p-3">
            <blockquote className="text-base break-words">{item.text}</blockquote>
            {item.who ? <p className="mt-1 text-sm text-gold">{item.who}</p> : null}
          </li>
        ))}
      </ul>
    </Titled>
  );
}

function Faq({ block: { title, items } }: { readonly block: BlockOf<"faq"> }) {
  if (items.length === 0) return null;
  return (
    <Titled title={title}>
      {items.map(({ question, answer }, index) => (
        <details key={index} className="border-t first-of-type:border-t-0">
          <summary className="flex min-h-11 items-center justify-between gap-3 py-2 text-base">
            <span className="min-w-0 break-words">{question}</span>
            <span aria-hidden className="shrink-0 text-dim">
              ▾
            </span>
          </summary>
          <p className="pb-3 text-sm whitespace-pre-line break-words text-dim">{answer}</p>
        </details>
      ))}
    </Titled>
  );
}

function How({ block: { title, steps } }: { readonly block: BlockOf<"how"> }) {
  if (steps.length === 0) return null;
  return (
    <Titled title={title}>
      <ol className="space-y-2">
        {steps.map((step, index) => (
          <li key={index} className="flex gap-3 text-base">
            <span className="grid size-6 shrink-0 place-items-center rounded-full bg-act-soft text-sm font-bold text-act">
              {index + 1}
            </span>
            <span className="min-w-0 break-words">{step}</span>
          </li>
        ))}
      </ol>
    </Titled>
  );
}

/** Nothing where there is none or it does not load: the words say it too. */
export function TeamPicture({ url, className }: { readonly url: string | null; readonly className: string }) {
  const [broken, setBroken] = useState<string | null>(null);
  if (!url || broken === url) return null;
  return (
    // The team's own picture, at its address; the page has no server that would make it smaller.
    <img
      src={url}
      alt=""
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      className={`bg-ground object-cover ${className}`}
      onError={() => setBroken(url)}
    />
  );
}
