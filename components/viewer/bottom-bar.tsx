"use client";
import { ActButton } from "./act-button.tsx";
import { worthOf } from "./coupon-state.ts";
import { drawStand, firstAct, myDraw } from "./draw-state.ts";
import { drawHref, type HashView } from "./hash-view.ts";
import { landingOf, signedUp, stageOf, type Landing } from "./landing.ts";
import { useMayAct } from "./standing.ts";
import { useShow, useShowNow, useStore, useViewer, useWords } from "./viewer-context.tsx";
import { isOwnDraw, type OwnDraw } from "./viewer-data.ts";
import { ReserveLink } from "./warmup/act-cards.tsx";

/** Where a part that is loaded later puts its action. */
export const BAR_ACT = "bar-act";

/** One action, in reach of a thumb; beside it what the person holds. */
export function BottomBar({ view }: { readonly view: HashView }) {
  const lotteries = new Map(useShow().slices.lotteries);
  const draw = view.part === "draw" ? lotteries.get(view.lotteryId) : undefined;
  return (
    <nav className="fixed inset-x-0 bottom-0 border-t bg-card px-4 pt-3 pb-[calc(0.75rem+env(safe-area-inset-bottom))]">
      <div className="mx-auto flex max-w-xl items-center gap-3">
        {view.part === "home" ? <HomeBar /> : <BackLink />}
        {draw && isOwnDraw(draw) ? <EnterAction draw={draw} /> : null}
        <span id={BAR_ACT} className={`${main} empty:hidden`} />
      </div>
    </nav>
  );
}

/** The one thing to do has what room there is; the way back beside it takes what its words need. */
const main = "flex grow-[99] basis-auto";

const round =
  "inline-flex min-h-12 items-center justify-center rounded-full border px-4 text-center text-base font-semibold";
const link = `${round} flex-1`;

const solid = `${link} border-act bg-act text-white`;
const outline = `${link} border-act text-act`;

function BackLink() {
  const words = useWords();
  return (
    <a href="#" className={`${round} flex-auto border-act text-act`}>
      {words.home}
    </a>
  );
}

function HomeBar() {
  const show = useShow();
  const landing = landingOf(show);
  if (!landing) return <HomeActions />;
  return stageOf(show.slices.session) === "before" ? <WarmupActions /> : <HomeActions landing={landing} />;
}

/** The platform's 视频号预约 first; for who went there, ours; for who signed up, bringing friends. */
function WarmupActions() {
  const words = useWords();
  const { me } = useViewer();
  const { memory } = useStore();
  if (signedUp(me)) {
    return (
      <>
        <a href="#poster" className={outline}>
          {words.myPoster}
        </a>
        <a href="#invite" className={solid}>
          {words.invite}
        </a>
      </>
    );
  }
  const reserved = memory.self().wentToReserve;
  const reserve = <ReserveLink className={reserved ? outline : solid}>{words.reserveBar}</ReserveLink>;
  return (
    <>
      {reserved ? reserve : null}
      <a href="#signup" className={reserved ? solid : outline}>
        {words.signup}
      </a>
      {reserved ? null : reserve}
    </>
  );
}

function HomeActions({ landing = null }: { readonly landing?: Landing | null }) {
  const words = useWords();
  const store = useStore();
  const { me, acting } = useViewer();
  const act = firstAct(useShow(), me, useShowNow());
  const mayAct = useMayAct();
  const held = (me?.me.coupon.length ?? 0) + (me?.me.lottery.filter(({ won }) => won).length ?? 0);
  const doable = act && mayAct ? act : null;
  const isOver = stageOf(useShow().slices.session) === "ended";
  const watch = (isOver ? landing?.settings.replayLink : landing?.settings.liveLink) ?? null;
  return (
    <>
      <a href="#me" className={`${outline} ${doable || watch ? "max-w-[40%]" : ""}`}>
        {doable || watch ? words.me : words.myPage}
        {held > 0 ? ` (${held})` : ""}
      </a>
      {doable?.kind === "claim" ? (
        <span className="flex flex-1">
          <ActButton
            look="solid"
            wide
            busy={acting === doable.coupon.couponId}
            onPress={() => void store.act({ kind: "claim", id: doable.coupon.couponId })}
          >
            {acting === doable.coupon.couponId ? words.claiming : words.claimNamed(worthOf(doable.coupon, words).big)}
          </ActButton>
        </span>
      ) : doable ? (
        <a href={drawHref(doable.draw.lotteryId)} className={solid}>
          {words.enterNow}
        </a>
      ) : watch ? (
        <a href={watch} className={solid}>
          {isOver ? words.replayGo : words.watchGo}
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
    <span className={main}>
      <ActButton
        look="solid"
        wide
        busy={busy}
        disabled={!mayAct || lacking}
        onPress={() => void store.act({ kind: "enter", id: draw.lotteryId })}
      >
        {busy ? words.entering : words.enterNow}
      </ActButton>
    </span>
  );
}
