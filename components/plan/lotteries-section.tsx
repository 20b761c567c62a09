"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { yuan } from "../format/money.ts";
import { duration } from "../format/time.ts";
import { useSession } from "../session/session-provider.tsx";
import type { LotteryRow } from "../session/show-slices.ts";
import { useList } from "../ui/use-list.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { LotteryDrawer } from "./lottery-drawer.tsx";
import { useMayPlan } from "./plan-context.tsx";

const tones: Record<LotteryRow["state"], Tone> = {
  planned: "plain",
  open: "air",
  closed: "wait",
  drawn: "sure",
  cancelled: "plain",
};

export function LotteriesSection() {
  const words = useTranslations("plan.lotteries");
  const list = useList();
  const rows = useSession((show) => show.lotteries);
  const mayPlan = useMayPlan();
  const [opened, setOpened] = useState<{ lotteryId: string | null } | null>(null);
  const lotteries = useMemo(() => [...rows.values()], [rows]);
  const add = (
    <Button look="primary" disabled={!mayPlan} onClick={() => setOpened({ lotteryId: null })}>
      <Icon name="plus" size={14} />
      {words("add")}
    </Button>
  );
  return (
    <div className="mx-auto max-w-[1120px] px-6 py-4 max-sm:px-3">
      {lotteries.length === 0 ? (
        <EmptyState title={words("emptyTitle")} text={words("emptyText")} actions={add} />
      ) : (
        <>
          <div className="flex justify-end pb-3">{add}</div>
          <Table label={words("heading")}>
            <Head>
              <Th>{words("title")}</Th>
              <Th className="w-28 max-md:hidden">{words("carrier")}</Th>
              <Th className="max-md:hidden">{words("prizes")}</Th>
              <Th numeric className="w-24 max-md:hidden">
                {words("duration")}
              </Th>
              <Th className="w-24">{words("state")}</Th>
              <Th className="w-12" aria-label={words("edit")} />
            </Head>
            <tbody>
              {lotteries.map((lottery) => (
                <Tr key={lottery.lotteryId}>
                  <Td className="max-w-0 truncate font-medium" title={lottery.title}>
                    {lottery.title}
                  </Td>
                  <Td className="max-md:hidden">
                    <Tag shape={false}>{words(`carrierOf.${lottery.carrier}`)}</Tag>
                  </Td>
                  <Td className="max-w-0 truncate text-dim max-md:hidden">
                    {list(lottery.prizes.map(({ name, count, valueFen }) => `${name} ${yuan(valueFen)} × ${count}`))}
                  </Td>
                  <Td numeric className="max-md:hidden">
                    {duration(lottery.durationMs)}
                  </Td>
                  <Td>
                    <Tag tone={tones[lottery.state]}>{words(`stateOf.${lottery.state}`)}</Tag>
                  </Td>
                  <Td className="px-1">
                    <IconButton
                      label={words("editOf", { title: lottery.title })}
                      size="iconSm"
                      onClick={() => setOpened({ lotteryId: lottery.lotteryId })}
                    >
                      <Icon name="edit" size={13} />
                    </IconButton>
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </>
      )}
      {opened ? <LotteryDrawer lotteryId={opened.lotteryId} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}
