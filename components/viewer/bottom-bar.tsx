"use client";
import { ActButton } from "./act-button.tsx";
import { worthOf } from "./coupon-state.ts";
import { drawStand, firstAct, myDraw } from "./draw-state.ts";
import { drawHref, type HashView } from "./hash-view.ts";
import { useMayAct } from "./standing.ts";
import { useShow, useShowNow, useStore, useViewer, useWords } from "./viewer-context.tsx";
import { isOwnDraw, type OwnDraw } from "./viewer-data.ts";

/** One action, in reach of a thumb; beside it what the person holds. */
export function BottomBar({ view }: { readonly view: HashView }) {
  const lotteries = new Map(useShow().slices.lotteries);
  const draw = view.part === "draw" ? lotteries.get(view.lotteryId) : undefined;
  return (
    <nav className="fixed inset-x-0 bottom-0 border-t bg-card px-4 pt-3 pb-[calc(0.75rem+env(safe-area-inset-bottom))]">
      <div className="mx-auto flex max-w-xl items-center gap-3">
        {view.part === "home" ? <HomeActions /> : <BackLink />}
        {draw && isOwnDraw(draw) ? <EnterAction draw={draw} /> : null}
      </div>
    </nav>
  );
}

const link =
  "inline-flex min-h-12 flex-1 items-center justify-center rounded-full border px-4 text-center text-base font-semibold";

function BackLink() {
  const words = useWords();
  return (
    <a href="#" className={`${link} border-act text-act`}>
      {words.home}
    </a>
  );
}

function HomeActions() {
  const words = useWords();
  const store = useStore();
  const { me, acting } = useViewer();
  const act = firstAct(useShow(), me, useShowNow());
  const mayAct = useMayAct();
  const held = (me?.me.coupon.length ?? 0) + (me?.me.lottery.filter(({ won }) => won).length ?? 0);
  const doable = act && mayAct ? act : null;
  return (
    <>
      <a href="#me" className={`${link} border-act text-act ${doable ? "max-w-[40%]" : ""}`}>
        {doable ? words.me : words.myPage}
        {held > 0 ? ` (${held})` : ""}
      </a>
      {doable?.kind === "claim" ? (
        <span className="flex flex-1">
          <ActButton
            look="solid"
            wide
            busy={acting === doable.coupon.couponId}
            onPress={() => void store.act("claim", doable.coupon.couponId)}
          >
            {acting === doable.coupon.couponId ? words.claiming : words.claimNamed(worthOf(doable.coupon, words).big)}
          </ActButton>
        </span>
      ) : doable ? (
        <a href={drawHref(doable.draw.lotteryId)} className={`${link} border-act bg-act text-white`}>
          {words.enterNow}
        </a>
      ) : null}
    </>
  );
}

/** Enabled where it can succeed; what is missing stands beside the conditions. */
function EnterAction({ draw }: { readonly draw: OwnDraw }) {
  const words = useWords();
  const store = useStore();
  const { me, acting } = useViewer();
  const mayAct = useMayAct();
  const mine = myDraw(me, draw.lotteryId);
  const stand = drawStand(draw, useShowNow(draw.closesAt ?? 0));
  if (stand !== "open" || (mine !== null && mine.n !== null)) return null;
  const busy = acting === draw.lotteryId;
  const lacking = mine?.met?.includes(false) ?? false;
  return (
    <span className="flex flex-1">
      <ActButton
        look="solid"
        wide
        busy={busy}
        disabled={!mayAct || lacking}
        onPress={() => void store.act("enter", draw.lotteryId)}
      >
        {busy ? words.entering : words.enterNow}
      </ActButton>
    </span>
  );
}
