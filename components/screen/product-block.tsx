"use client";
import { useTranslations } from "next-intl";
import { count, yuan } from "../format/money.ts";
import { brokenSizes, netNow, priceRange } from "../live/product-facts.ts";
import { useList } from "../ui/use-list.ts";
import css from "./boards.module.css";
import { useExplained, useHost, type HostProduct } from "./host-slices.ts";
import { sized } from "./sized.ts";
import { useSaid } from "./use-said.ts";

const NAME_SIZES = [68, 56, 46, 40] as const;
const MECHANISM_SIZES = [44, 38, 34] as const;

/** The product that is explained: what it is, what it costs, what is given with it, what is left to say. */
export function ProductBlock() {
  const product = useExplained();
  return (
    <main className={css["product"]}>
      {product ? <Product key={product.productId} product={product} /> : <NoProduct />}
    </main>
  );
}

function Product({ product }: { product: HostProduct }) {
  return (
    <>
      <ProductName product={product} />
      <PriceLine product={product} />
      {product.mechanism === "" ? null : (
        <p
          className={css["mechanism"]}
          style={sized(product.mechanism, MECHANISM_SIZES, {
            wide: { width: 1_050, lines: 2 },
            narrow: { width: 980, lines: 2 },
          })}
        >
          {product.mechanism}
        </p>
      )}
      <Points product={product} />
    </>
  );
}

export function ProductName({ product }: { product: HostProduct }) {
  const words = useTranslations("screen");
  const { linkNo, name } = product;
  return (
    <h1
      className={css["name"]}
      style={sized(name, NAME_SIZES, { wide: { width: 870, lines: 1 }, narrow: { width: 800, lines: 2 } })}
    >
      <span className={css["link"]}>{words("link", { linkNo })}</span>
      <span className={css["twoLines"]}>{name}</span>
    </h1>
  );
}

export function PriceLine({ product }: { product: HostProduct }) {
  const words = useTranslations("screen");
  const { lowFen, highFen, planned } = priceRange(product);
  const coupons = useHost((show) => show.coupons);
  const net = netNow(product, coupons.values());
  const price = `${yuan(lowFen)}${highFen > lowFen ? `–${yuan(highFen).slice(1)}` : ""}`;
  return (
    <div className={css["prices"]} style={sized(price, [170, 132, 104, 84], PRICE_ROOM)}>
      <b className={css["price"]} data-planned={planned}>
        {price}
      </b>
      {net === null ? null : <b className={css["net"]}>{words("net", { price: yuan(net) })}</b>}
      <StockWords product={product} planned={planned} />
    </div>
  );
}

const PRICE_ROOM = { wide: { width: 560, lines: 1 }, narrow: { width: 520, lines: 1 } };

function StockWords({ product, planned }: { product: HostProduct; planned: boolean }) {
  const words = useTranslations("screen");
  const list = useList();
  const { saleState, sellable } = product;
  if (saleState === "soldOut" || (saleState === "onSale" && sellable <= 0))
    return <span className={css["stock"]}>{words("soldOut")}</span>;
  if (saleState === "notYet")
    return <span className={css["stock"]}>{words(planned ? "notYetPlanned" : "notYet")}</span>;
  const broken = brokenSizes(product);
  return (
    <span className={css["stock"]}>
      {words("sellable", { count: count(sellable) })}
      {broken.length > 0 ? <span className={css["twoLines"]}>{words("broken", { sizes: list(broken) })}</span> : null}
    </span>
  );
}

/** Those not said yet stand where the eye falls first; what does not fit comes up as the others are said. */
function Points({ product }: { product: HostProduct }) {
  const { points, saidCount } = useSaid(product);
  const words = useTranslations("screen");
  if (points.length === 0) return null;
  const next = points.find(({ said }) => !said);
  const from = Math.max(0, (next?.index ?? points.length) - 1);
  const shown = points.length > 4 ? points.slice(Math.min(from, points.length - 4)) : points;
  return (
    <>
      <p className={css["said"]}>{words("said", { said: saidCount, count: points.length })}</p>
      <ol className={css["points"]}>
        {shown.map(({ index, text, said }) => (
          <li key={index} className={css["point"]} data-said={said} data-next={index === next?.index}>
            {said ? <s>{text}</s> : <span>{text}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}

function NoProduct() {
  const words = useTranslations("screen");
  const { current, next } = useHost((show) => show.hostRundown);
  const phase = useHost((show) => show.session.phase);
  const coming = useHost((show) => (next?.productId ? (show.products.get(next.productId) ?? null) : null));
  const title = current?.title ?? null;
  return (
    <div className={css["empty"]}>
      <h1 className={css["emptyTitle"]}>{phase === "ended" ? words("over") : (title ?? words("noProduct"))}</h1>
      {phase === "ended" ? null : (
        <p className={css["emptyText"]}>
          {coming
            ? words("comes", { linkNo: coming.linkNo, name: coming.name })
            : words(title === null ? "waitForDesk" : "noProduct")}
        </p>
      )}
    </div>
  );
}
