"use client";
import { useTranslations } from "next-intl";
import type { MethodRow } from "#domain/ops/method.ts";
import { useAct } from "../../session/use-act.ts";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { Head, RowTitle, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { H5Tag } from "./h5-tag.tsx";
import type { RankedMethod } from "./ranked.shape.ts";
import { Scale } from "./scale.tsx";

export const SCORES = ["feasible", "impact", "ease", "cost"] as const;

export type MethodsListed = { rows: readonly RankedMethod[]; mayPlan: boolean; onOpen: (methodId: string) => void };

/** The list in the order of its scores; scored where it stands. */
export function MethodTable({ rows, mayPlan, onOpen }: MethodsListed) {
  const words = useTranslations("warmupPlan.methods");
  return (
    <div className="overflow-x-auto max-md:-mx-3 max-md:px-3">
      <Table label={words("listLabel")} className="min-w-[1080px]">
        <Head>
          <Th className="w-14">{words("rank")}</Th>
          <Th>{words("title")}</Th>
          {SCORES.map((score) => (
            <Th key={score} className="w-36">
              <Tooltip text={words(`scaleHint.${score}`)}>
                <button type="button" className="underline decoration-dotted underline-offset-4">
                  {words(score)}
                </button>
              </Tooltip>
            </Th>
          ))}
          <Th numeric className="w-24">
            {words("score")}
          </Th>
          <Th className="w-36">{words("carrier")}</Th>
          <Th className="w-16">{words("chosen")}</Th>
          <Th className="w-10" aria-label={words("edit")} />
        </Head>
        <tbody>
          {rows.map((row) => (
            <Line key={row.method.methodId} row={row} mayPlan={mayPlan} onOpen={() => onOpen(row.method.methodId)} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

type LineProps = { row: RankedMethod; mayPlan: boolean; onOpen: () => void };

function Line({ row: { method, rank }, mayPlan, onOpen }: LineProps) {
  const words = useTranslations("warmupPlan.methods");
  const edit = useMethodEdit(method);
  const { title, chosen, score } = method;
  return (
    <Tr>
      <Td className="text-dim tabular-nums">{rank ?? "–"}</Td>
      <Td className="max-w-0">
        <RowTitle title={title} onOpen={onOpen} />
      </Td>
      {SCORES.map((name) => (
        <Td key={name} className="px-2">
          <Scale
            value={method[name]}
            disabled={!mayPlan}
            label={(step) => words("scoreOf", { title, what: words(name), value: step })}
            onChange={(value) => edit({ [name]: value }, { [name]: method[name] })}
          />
        </Td>
      ))}
      <Td numeric className={score === null ? "text-xs whitespace-nowrap text-faint" : "font-semibold"}>
        {score ?? words("noScore")}
      </Td>
      <Td>
        <CarrierTag method={method} />
      </Td>
      <Td>
        <Checkbox
          labelHidden
          label={words("chooseOf", { title })}
          checked={chosen}
          disabled={!mayPlan}
          onChange={(next) => edit({ chosen: next }, { chosen })}
        />
      </Td>
      <Td className="px-1">
        <IconButton label={words("editOf", { title })} size="iconSm" onClick={onOpen}>
          <Icon name="edit" size={13} />
        </IconButton>
      </Td>
    </Tr>
  );
}

type Marks = Partial<Pick<MethodRow, (typeof SCORES)[number] | "chosen">>;

/** A mark is set against what this screen showed of it. */
export function useMethodEdit({ methodId }: MethodRow): (to: Marks, seen: Marks) => void {
  const act = useAct();
  return (to, seen) => void act("method.edit", { methodId, to }, { expect: seen });
}

export function CarrierTag({ method: { h5, carrier } }: { method: MethodRow }) {
  const words = useTranslations("warmupPlan.methods");
  return h5 === "blocked" && carrier === "h5" ? (
    <H5Tag h5={h5} />
  ) : (
    <Tag shape={false}>{words(`carrierOf.${carrier}`)}</Tag>
  );
}
