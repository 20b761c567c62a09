"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import * as z from "zod/mini";
import { fen } from "#domain/units.ts";
import type { CheckLine } from "#domain/check/state.ts";
import { clockTime, dayTime } from "../format/time.ts";
import { usePlan } from "../plan/plan-context.tsx";
import { PlanLink } from "../plan/plan-link.tsx";
import { WaiveButton } from "../plan/waive-button.tsx";
import { useNames, useSession } from "../session/session-provider.tsx";
import type { AutoCheck } from "../session/show-slices.ts";
import { useAutoCheckWords } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/switch.tsx";
import { Tag } from "../ui/tag.tsx";
import { useDesk } from "./desk.tsx";
import { useDeed } from "./use-deed.ts";

/** The lines of a check: what Kaibo sees, then the team's own, each ticked by whoever looked. */
export function CheckList({ list }: { list: CheckLine["list"] }) {
  const words = useTranslations("onAir");
  const check = useSession((show) => (list === "goLive" ? show.goLiveCheck : show.wrapUpCheck));
  const rows = useSession((show) => show.checkLines);
  const own = useMemo(
    () => [...rows.values()].filter((line) => line.list === list).toSorted((a, b) => a.position - b.position),
    [rows, list],
  );
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold text-dim">
        {words(list)} · {words("open", { count: check.open })}
      </h3>
      <ul className="flex flex-col">
        {check.lines.map((line) => (
          <AutoRow key={line.lineId} line={line} />
        ))}
        {check.count > check.lines.length ? (
          <li className="py-1 text-xs text-faint">{words("more", { count: check.count - check.lines.length })}</li>
        ) : null}
        {own.map((line) => (
          <OwnRow key={line.lineId} line={line} />
        ))}
      </ul>
    </section>
  );
}

const row = "flex min-h-9 items-center gap-3 border-b py-1 text-sm";
const PriceData = z.object({ productId: z.string(), skuId: z.string(), priceFen: z.number() });

function AutoRow({ line }: { line: AutoCheck["lines"][number] }) {
  const words = useTranslations("onAir");
  const explain = useAutoCheckWords();
  const deed = useDeed();
  const { readOnly } = useDesk();
  const price = line.code === "priceDiffers" ? PriceData.safeParse(line.data).data : undefined;
  const look = () => {
    if (!price) return;
    const { productId, skuId, priceFen } = price;
    void deed(`look:${skuId}`, "check.look", { productId, skuId, priceFen: fen(priceFen) });
  };
  return (
    <li className={row}>
      <Tag tone={line.waived ? "plain" : "wait"}>{words(line.waived ? "waived" : "toLook")}</Tag>
      <span className="min-w-0 flex-1">{explain(line.code, line.data)}</span>
      {price && !line.waived && !readOnly ? (
        <Button size="sm" title={words("lookHint")} onClick={look}>
          {words("look")}
        </Button>
      ) : null}
      <PlanLink code={line.code} />
      <WaiveButton lineId={line.lineId} waived={line.waived} />
    </li>
  );
}

function OwnRow({ line }: { line: CheckLine }) {
  const words = useTranslations("onAir");
  const deed = useDeed();
  const names = useNames();
  const { members } = usePlan();
  const { readOnly } = useDesk();
  const owner = members.find(({ id }) => id === line.ownerId)?.name;
  const { lineId, done, waived, dueAt } = line;
  return (
    <li className={row}>
      <Checkbox
        className="min-w-0 flex-1"
        label={line.text}
        disabled={readOnly}
        checked={done !== null}
        onChange={(on) =>
          void (on
            ? deed(`tick:${lineId}`, "check.tick", { lineId })
            : deed(`tick:${lineId}`, "check.untick", { lineId }))
        }
      />
      {owner ? <span className="text-xs text-faint">{owner}</span> : null}
      {dueAt === null ? null : (
        <span className="text-xs text-faint tabular-nums">{words("dueAt", { time: dayTime(dueAt) })}</span>
      )}
      {done ? (
        <Tag tone="sure">{`${names(done.by) ?? words("someone")} ${clockTime(done.at)}`}</Tag>
      ) : (
        <WaiveButton lineId={lineId} waived={waived} />
      )}
    </li>
  );
}
