"use client";
import { useTranslations } from "next-intl";
import * as z from "zod/mini";
import { useCallback, useMemo, useRef, useState } from "react";
import { fen } from "#domain/units.ts";
import { count, percent, yuan } from "../format/money.ts";
import { duration } from "../format/time.ts";
import { useDiscountWords } from "../plan/discount-words.ts";
import { useSession } from "../session/session-provider.tsx";
import type { CouponRow } from "../session/show-slices.ts";
import { useSentWords } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Card, Panel } from "../ui/panel.tsx";
import { Popover } from "../ui/popover.tsx";
import { Progress } from "../ui/progress.tsx";
import { Tag } from "../ui/tag.tsx";
import { notify } from "../ui/toast.tsx";
import { HANDS, PLANNERS, takeAgo, useBusy, useDesk, useDeskKey } from "./desk.tsx";
import { EvidenceTags } from "./evidence-tag.tsx";
import { numberOf } from "./number-entry.ts";
import { LIST_KEYS, useListLayer } from "./offer-layer.ts";
import { useShowNow } from "./show-clock.tsx";
import { useStoreValue } from "./store.ts";
import { useDeed } from "./use-deed.ts";

const Under = z.object({
  netFen: z.number(),
  floorFen: z.nullable(z.number()),
  linkNo: z.number(),
  product: z.string(),
});
type UnderFloor = { readonly couponId: string; readonly under: z.infer<typeof Under> };

/** Coupons: running ones large, the others a line each. `C 1` or `1 C` pushes the first. */
export function CouponsPanel() {
  const words = useTranslations("offers");
  const coupons = useSession((show) => show.coupons);
  // In the order of the plan: a push must not move another card under the finger.
  const rows = useMemo(() => [...coupons.values()], [coupons]);
  const { layer, entry, may } = useDesk();
  const isOpen = useStoreValue(layer, (open) => open === "coupons");
  const off = !may(HANDS) || rows.length === 0;
  const { push, asked, forget } = usePush();
  const box = useRef<HTMLDivElement>(null);
  const pick = useCallback(
    (index: number) => {
      const row = rows[index];
      if (row) push(row);
      else notify({ tone: "wait", title: words("noSuchCoupon", { number: index + 1 }) });
    },
    [rows, push, words],
  );
  const run = () => {
    const number = numberOf(entry.read());
    box.current?.scrollIntoView({ block: "nearest" });
    if (number === null) return layer.write("coupons");
    entry.write({ ...entry.read(), number: "" });
    pick(number - 1);
  };
  useDeskKey({ code: "KeyC", key: "C", label: words("pushLabel"), section: "offers", run, off });
  useListLayer({ layer: "coupons", isOpen, toggle: "KeyC", pick });
  return (
    <div ref={box}>
      <Panel
        id="coupons"
        title={words("coupons")}
        hotkey={off ? undefined : "C"}
        aside={isOpen ? <span className="text-xs text-act-ink">{words("pickNumber")}</span> : null}
        bodyClassName="flex flex-col gap-1.5 px-3"
      >
        {rows.length === 0 ? <p className="px-1 text-xs text-faint">{words("noCoupons")}</p> : null}
        {rows.map((row, index) => (
          <CouponCard key={row.couponId} row={row} number={index + 1} isOpen={isOpen} onPush={push} />
        ))}
      </Panel>
      {asked ? <UnderFloorDialog asked={asked} onPush={push} onClose={forget} /> : null}
    </div>
  );
}

type Push = (row: Pick<CouponRow, "couponId">, confirmNetFen?: number) => void;

/** A push that would take a price under its floor is asked again, with the net price typed. */
function usePush() {
  const deed = useDeed();
  const { entry } = useDesk();
  const explain = useSentWords();
  const [asked, setAsked] = useState<UnderFloor | null>(null);
  const push = useCallback<Push>(
    ({ couponId }, confirmNetFen) => {
      const input = {
        couponId,
        ago: takeAgo(entry),
        ...(confirmNetFen === undefined ? {} : { confirmNetFen: fen(confirmNetFen) }),
      };
      void deed(`coupon:${couponId}`, "coupon.push", input, { quiet: ["price.retype"] }).then((sent) => {
        if (sent?.status !== "rejected" || sent.code !== "price.retype") return setAsked(null);
        const under = Under.safeParse(sent.data).data;
        if (under) setAsked({ couponId, under });
        else notify({ tone: "wait", title: explain(sent) ?? "" });
      });
    },
    [deed, entry, explain],
  );
  return { push, asked, forget: useCallback(() => setAsked(null), []) };
}

function UnderFloorDialog({ asked, onPush, onClose }: { asked: UnderFloor; onPush: Push; onClose: () => void }) {
  const words = useTranslations("offers");
  const { under, couponId } = asked;
  const values = {
    linkNo: under.linkNo,
    product: under.product,
    net: yuan(under.netFen),
    floor: yuan(under.floorFen ?? 0),
  };
  const confirm = () => {
    onPush({ couponId }, under.netFen);
    return true;
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={words("underFloorTitle")}
      typed={yuan(under.netFen).slice(1)}
      confirmLabel={words("pushAnyway")}
      onConfirm={confirm}
    >
      {words("underFloorText", values)}
    </ConfirmDialog>
  );
}

type CardProps = { row: CouponRow; number: number; isOpen: boolean; onPush: Push };

function CouponCard({ row, number, isOpen, onPush }: CardProps) {
  const words = useTranslations("offers");
  const discount = useDiscountWords();
  const { may } = useDesk();
  const deed = useDeed();
  const busy = useBusy(`coupon:${row.couponId}`);
  const { couponId, state, carrier } = row;
  const key = LIST_KEYS[number - 1]?.key;
  const isRunning = state === "running";
  const what = discount(row.discount);
  return (
    <Card className={isRunning ? "" : "py-2"}>
      <div className="flex items-center gap-2">
        {key && isOpen ? (
          <Kbd className="border-act-edge text-act-ink">{key}</Kbd>
        ) : (
          <span className="text-xs text-faint tabular-nums">{number}</span>
        )}
        <b className="min-w-0 flex-1 truncate text-sm" title={`${row.title} · ${what}`}>
          {row.title}
        </b>
        <Tag>{words(carrier === "shop" ? "shopCoupon" : "ownCoupon")}</Tag>
        {isRunning ? (
          <ClaimTimeLeft claimTo={row.claimTo} />
        ) : (
          <span className="text-xs text-faint">{words(`couponState.${state}`)}</span>
        )}
      </div>
      {isRunning ? <CouponCounts row={row} /> : null}
      {may(HANDS) && state !== "ended" ? (
        <div className="mt-2 flex flex-wrap items-center gap-1.5">
          {row.pushed && isRunning ? (
            <EvidenceTags evidence={row.pushed} />
          ) : (
            <span className="min-w-0 truncate text-xs text-dim">{what === row.title ? "" : what}</span>
          )}
          <span className="ml-auto flex gap-1.5">
            {isRunning ? (
              <Button
                size="sm"
                busy={busy}
                onClick={() => void deed(`coupon:${couponId}`, "coupon.stop", { couponId })}
              >
                {words("stop")}
              </Button>
            ) : null}
            {may(PLANNERS) && isRunning ? <AddTotal row={row} /> : null}
            {isRunning && carrier === "own" ? null : (
              <Button size="sm" busy={busy} onClick={() => onPush(row)}>
                {words(isRunning ? "pushAgain" : "push")}
              </Button>
            )}
          </span>
        </div>
      ) : null}
    </Card>
  );
}

function ClaimTimeLeft({ claimTo }: { claimTo: number | null }) {
  const words = useTranslations("offers");
  const now = useShowNow();
  if (claimTo === null) return <Tag tone="act">{words("couponState.running")}</Tag>;
  return <b className="text-sm tabular-nums">{duration(Math.max(0, claimTo - now))}</b>;
}

/** Own coupons are counted here, exactly; a shop coupon by what the shop said last. */
function CouponCounts({ row }: { row: CouponRow }) {
  const words = useTranslations("offers");
  const { carrier, total, claimed, used, shop } = row;
  const given = carrier === "own" ? claimed : (shop?.received ?? null);
  const spent = carrier === "own" ? used : (shop?.used ?? null);
  const source = carrier === "own" ? words("countedHere") : shop ? words("countedByShop") : words("notCounted");
  return (
    <>
      <Progress value={given === null ? 0 : given / total} tone="sure" label={words("claimed")} className="my-2" />
      <p className="flex justify-between gap-2 text-xs text-dim tabular-nums">
        <span className="truncate">
          {words("claimedOf", { claimed: given === null ? "–" : count(given), total: count(total) })} ({source})
        </span>
        <span className="shrink-0">
          {spent === null || !given ? "" : words("usedShare", { share: percent(spent / given, 0) })}
        </span>
      </p>
      {row.usedTwice > 0 ? (
        <p className="text-xs text-air-ink">{words("usedTwice", { count: row.usedTwice })}</p>
      ) : null}
    </>
  );
}

function AddTotal({ row }: { row: CouponRow }) {
  const words = useTranslations("offers");
  const deed = useDeed();
  const [open, setOpen] = useState(false);
  const add = (more: number | null) => {
    if (more === null) return;
    setOpen(false);
    void deed(
      `total:${row.couponId}`,
      "coupon.addTotal",
      { couponId: row.couponId, add: more },
      { expect: { total: row.total } },
    );
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-52"
      trigger={<Button size="sm">{words("addTotal")}</Button>}
    >
      <p className="mb-2 text-xs text-dim">{words("addTotalHint", { total: count(row.total) })}</p>
      <NumberField autoFocus min={1} max={1_000_000} aria-label={words("addTotal")} value={null} onCommit={add} />
    </Popover>
  );
}
