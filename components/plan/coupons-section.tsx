"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { count } from "../format/money.ts";
import { dayTime } from "../format/time.ts";
import { useSession } from "../session/session-provider.tsx";
import type { CouponRow } from "../session/show-slices.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { CouponDrawer } from "./coupon-drawer.tsx";
import { useDiscountWords } from "./discount-words.ts";
import { useMayPlan } from "./plan-context.tsx";

const tones: Record<CouponRow["state"], Tone> = { planned: "plain", running: "sure", stopped: "wait", ended: "plain" };

export function CouponsSection() {
  const words = useTranslations("plan.coupons");
  const rows = useSession((show) => show.coupons);
  const mayPlan = useMayPlan();
  const [opened, setOpened] = useState<{ couponId: string | null } | null>(null);
  const coupons = useMemo(() => [...rows.values()], [rows]);
  const add = (
    <Button look="primary" disabled={!mayPlan} onClick={() => setOpened({ couponId: null })}>
      <Icon name="plus" size={14} />
      {words("add")}
    </Button>
  );
  return (
    <div className="mx-auto max-w-[1120px] px-6 py-4 max-sm:px-3">
      {coupons.length === 0 ? (
        <EmptyState title={words("emptyTitle")} text={words("emptyText")} actions={add} />
      ) : (
        <>
          <div className="flex justify-end pb-3">{add}</div>
          <Table label={words("heading")}>
            <Head>
              <Th className="max-md:w-1/4">{words("title")}</Th>
              <Th className="w-24 max-md:hidden">{words("carrier")}</Th>
              <Th>{words("discount")}</Th>
              <Th numeric className="w-24 max-md:hidden">
                {words("total")}
              </Th>
              <Th className="w-44 max-md:hidden">{words("claimWindow")}</Th>
              <Th className="w-24">{words("state")}</Th>
              <Th className="w-12" aria-label={words("edit")} />
            </Head>
            <tbody>
              {coupons.map((coupon) => (
                <CouponLine
                  key={coupon.couponId}
                  coupon={coupon}
                  onOpen={() => setOpened({ couponId: coupon.couponId })}
                />
              ))}
            </tbody>
          </Table>
        </>
      )}
      {opened ? <CouponDrawer couponId={opened.couponId} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}

function CouponLine({ coupon, onOpen }: { coupon: CouponRow; onOpen: () => void }) {
  const words = useTranslations("plan.coupons");
  const discount = useDiscountWords();
  const { claimFrom, claimTo } = coupon;
  return (
    <Tr>
      <Td className="max-w-0 truncate font-medium" title={coupon.title}>
        {coupon.title}
      </Td>
      <Td className="max-md:hidden">
        <Tag shape={false}>{words(`carrierOf.${coupon.carrier}`)}</Tag>
      </Td>
      <Td className="text-dim">{discount(coupon.discount)}</Td>
      <Td numeric className="max-md:hidden">
        {count(coupon.total)}
      </Td>
      <Td className="text-dim max-md:hidden">
        {claimFrom === null && claimTo === null
          ? words("anyTime")
          : `${claimFrom === null ? "" : dayTime(claimFrom)} – ${claimTo === null ? "" : dayTime(claimTo)}`}
      </Td>
      <Td>
        <Tag tone={tones[coupon.state]}>{words(`stateOf.${coupon.state}`)}</Tag>
      </Td>
      <Td className="px-1">
        <IconButton label={words("editOf", { title: coupon.title })} size="iconSm" onClick={onOpen}>
          <Icon name="edit" size={13} />
        </IconButton>
      </Td>
    </Tr>
  );
}
