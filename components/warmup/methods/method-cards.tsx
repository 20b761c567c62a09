"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "../../ui/switch.tsx";
import { CarrierTag, SCORES, useMethodEdit, type MethodsListed } from "./method-table.tsx";
import type { RankedMethod } from "./ranked.shape.ts";
import { Scale } from "./scale.tsx";

/** On a phone: method after method in the order of their scores, each scored where it stands. */
export function MethodCards({ rows, mayPlan, onOpen }: MethodsListed) {
  const words = useTranslations("warmupPlan.methods");
  return (
    <ol aria-label={words("listLabel")} className="flex flex-col gap-2">
      {rows.map((row) => (
        <Card key={row.method.methodId} row={row} mayPlan={mayPlan} onOpen={() => onOpen(row.method.methodId)} />
      ))}
    </ol>
  );
}

type CardProps = { row: RankedMethod; mayPlan: boolean; onOpen: () => void };

function Card({ row: { method, rank }, mayPlan, onOpen }: CardProps) {
  const words = useTranslations("warmupPlan.methods");
  const edit = useMethodEdit(method);
  const { title, chosen, score } = method;
  return (
    <li className="rounded-md border bg-raised px-3 py-2">
      <div className="flex items-center gap-2">
        <span className="w-5 shrink-0 text-xs text-faint tabular-nums">{rank ?? "–"}</span>
        <button
          type="button"
          className="min-w-0 flex-1 py-1.5 text-left text-sm font-medium [overflow-wrap:anywhere] hover:underline"
          onClick={onOpen}
        >
          {title}
        </button>
        <span className={score === null ? "shrink-0 text-xs text-faint" : "shrink-0 font-semibold tabular-nums"}>
          {score ?? words("noScore")}
        </span>
      </div>
      <dl className="grid grid-cols-2 gap-x-3">
        {SCORES.map((name) => (
          <div key={name} className="flex flex-col pt-1">
            <dt className="text-xs text-dim" title={words(`scaleHint.${name}`)}>
              {words(name)}
            </dt>
            <dd>
              <Scale
                value={method[name]}
                disabled={!mayPlan}
                label={(step) => words("scoreOf", { title, what: words(name), value: step })}
                onChange={(value) => edit({ [name]: value }, { [name]: method[name] })}
              />
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex items-center gap-2 pt-1.5">
        <CarrierTag method={method} />
        <span className="ml-auto">
          <Checkbox
            label={words("chosen")}
            checked={chosen}
            disabled={!mayPlan}
            onChange={(next) => edit({ chosen: next }, { chosen })}
          />
        </span>
      </div>
    </li>
  );
}
