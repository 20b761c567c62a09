"use client";
import { useTranslations } from "next-intl";
import { clockTime, duration } from "../format/time.ts";
import { ProductPicture } from "../live/product-picture.tsx";
import { ShowClockProvider, useShowNow } from "../live/show-clock.tsx";
import { RehearsalMark } from "../session/rehearsal-mark.tsx";
import { ToneShape } from "../ui/tag.tsx";
import { AirState } from "./air-strip.tsx";
import { AssistantMessages } from "./assistant-messages.tsx";
import { useExplained, useHost, type HostProduct } from "./host-slices.ts";
import { soonMs } from "./loudness.ts";
import { useScreenState } from "./screen-state.tsx";
import { heldBy, leftOf } from "./use-board-facts.ts";
import { useCueNotes } from "./use-cue-notes.ts";
import { useSaid } from "./use-said.ts";

/** The strip is drawn in units of a board; here they are of the hand. */
const UNIT: Record<`--${string}`, string> = { "--u": "0.5px" };

/** The assistant's phone: who wants something now, what to show and to say, and what to have ready next. */
export function AssistantBoard() {
  return (
    <ShowClockProvider>
      <div className="h-full overflow-x-hidden overflow-y-auto bg-page text-lg [scrollbar-width:none]" tabIndex={0}>
        <div className="mx-auto flex min-h-full max-w-[640px] flex-col gap-3 p-4 pb-10">
          <header className="flex items-center justify-between gap-3" style={UNIT}>
            <AirState />
            <CueClock />
          </header>
          <AssistantMessages />
          <Now />
          <Next />
        </div>
        <RehearsalMark />
      </div>
    </ShowClockProvider>
  );
}

function CueClock() {
  const words = useTranslations("screen.time");
  const cue = useHost((show) => show.hostRundown.current);
  const phase = useHost((show) => show.session.phase);
  const now = useShowNow();
  if (!cue || phase === "ended") return null;
  const left = leftOf(cue, now) ?? 0;
  const held = heldBy(cue);
  const late = held !== null || left <= soonMs(cue.plannedMs);
  return (
    <p className={late ? "text-wait-ink" : "text-dim"}>
      {held === null ? words(left < 0 ? "over" : "left") : words(held)}{" "}
      <b className="text-2xl tabular-nums">
        {left < 0 ? "+" : ""}
        {duration(Math.abs(left))}
      </b>
    </p>
  );
}

function Now() {
  const words = useTranslations("screen.assistant");
  const product = useExplained();
  const cue = useHost((show) => show.hostRundown.current);
  const notes = useCueNotes(cue?.cueId);
  const phase = useHost((show) => show.session.phase);
  return (
    <main className="flex flex-col gap-3 rounded-lg bg-raised p-4">
      <h2 className="text-base text-dim">{cue?.title ?? words("now")}</h2>
      {phase === "ended" ? null : <Notes notes={notes} />}
      {product ? (
        <Product key={`${product.productId}:${product.explained?.round ?? 0}`} product={product} />
      ) : (
        <p className="text-xl font-semibold">{words(phase === "ended" ? "over" : "nothing")}</p>
      )}
    </main>
  );
}

/** Of earlier shows' lessons; calm, for they only remind. */
function Notes({ notes }: { notes: readonly string[] }) {
  const words = useTranslations("screen.assistant");
  if (notes.length === 0) return null;
  return (
    <ul aria-label={words("notes")} className="flex flex-col gap-1 text-base text-wait-ink">
      {notes.map((note) => (
        <li key={note} className="flex gap-2 break-words">
          <span className="mt-1.5">
            <ToneShape tone="wait" size={12} />
          </span>
          <span className="min-w-0">{note}</span>
        </li>
      ))}
    </ul>
  );
}

function Product({ product }: { product: HostProduct }) {
  const words = useTranslations("screen");
  const { points, saidCount } = useSaid(product);
  const { tick } = useScreenState();
  const { productId, linkNo, name, mechanism } = product;
  const round = product.explained?.round ?? 0;
  return (
    <>
      <div className="flex gap-3">
        <ProductPicture row={product} className="size-20" />
        <h1 className="text-xl font-bold">
          {words("link", { linkNo })} · {name}
        </h1>
      </div>
      {mechanism === "" ? null : <p className="rounded-md bg-wait-soft px-3 py-2 text-wait-ink">{mechanism}</p>}
      {points.length === 0 ? null : (
        <>
          <p className="text-sm text-dim">{words("said", { said: saidCount, count: points.length })}</p>
          <ul className="flex flex-col gap-2">
            {points.map(({ index, text, said }) => (
              <li key={index}>
                <button
                  type="button"
                  aria-pressed={said}
                  disabled={tick === null}
                  onClick={() => tick?.({ productId, round, index, said: !said })}
                  className="flex min-h-12 w-full items-center gap-3 rounded-md border border-edge px-3 py-2 text-left disabled:cursor-default"
                >
                  <span
                    aria-hidden
                    className={`grid size-6 shrink-0 place-items-center rounded-sm border-2 text-base ${said ? "border-sure bg-sure-soft text-sure-ink" : "border-edge"}`}
                  >
                    {said ? "✓" : ""}
                  </span>
                  {said ? <s className="text-faint">{text}</s> : <span>{text}</span>}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Next() {
  const words = useTranslations("screen");
  const { current, next } = useHost((show) => show.hostRundown);
  const product = useHost((show) => (next?.productId ? (show.products.get(next.productId) ?? null) : null));
  const phase = useHost((show) => show.session.phase);
  const notes = useCueNotes(next?.cueId);
  const now = useShowNow(10_000);
  if (!next || phase === "ended") return null;
  const at = current ? now + Math.max(0, leftOf(current, now) ?? 0) : null;
  return (
    <section className="flex flex-col gap-2 rounded-lg border border-line p-4">
      <h2 className="flex justify-between gap-3 text-base text-dim">
        {words("assistant.ready")}
        {at === null ? null : <span>{words("about", { time: clockTime(at) })}</span>}
      </h2>
      <p className="text-xl font-semibold break-words">{next.title}</p>
      <Notes notes={notes} />
      {product ? (
        <div className="flex items-center gap-3">
          <ProductPicture row={product} className="size-12 text-xl" />
          <p>
            {words("link", { linkNo: product.linkNo })} · {product.name}
          </p>
        </div>
      ) : null}
    </section>
  );
}
