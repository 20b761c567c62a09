"use client";
import { useTranslations } from "next-intl";
import type { Suspicion } from "#domain/warmup/signups.ts";
import { count } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { Checkbox } from "../../ui/switch.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useSpanWords } from "../span-words.ts";
import { ROW_STOP } from "../use-row-keys.ts";
import type { Held } from "../warmup-data.ts";

/** One invite that is held: who came, by whom, and everything that makes it odd. */
export function HeldLine({ row, picked, onTurn }: { row: Held; picked: boolean; onTurn?: () => void }) {
  const words = useTranslations("invites");
  const { n, at, invite } = row;
  const { inviterN, inviterName, why, suspicions } = invite;
  const name = row.name ?? words("unnamedOf", { n });
  const inviter = inviterName ?? words("unnamedOf", { n: inviterN });
  return (
    <li className="flex items-start gap-3 border-b py-2 text-sm last:border-0">
      {onTurn ? (
        <span {...ROW_STOP}>
          <Checkbox label={words("held.pick", { name })} labelHidden checked={picked} onChange={onTurn} />
        </span>
      ) : null}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <b className="max-w-full truncate font-medium">{name}</b>
          <span className="max-w-full truncate text-dim">{words("held.by", { inviter })}</span>
          <span className="text-xs text-faint tabular-nums">{dayTime(at)}</span>
        </p>
        <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1 text-xs">
          {suspicions.map((suspicion) => (
            <Odd key={suspicion.kind} suspicion={suspicion} />
          ))}
          {why === "newUnknown" ? (
            <li>
              <Tag tone="wait">{words("newUnknown")}</Tag>
            </li>
          ) : null}
        </ul>
      </div>
    </li>
  );
}

function Odd({ suspicion: { kind, evidence } }: { suspicion: Suspicion }) {
  const words = useTranslations("invites");
  const span = useSpanWords();
  const { people = 0, withinMs = 0, levels = 0 } = evidence;
  return (
    <li className="flex flex-wrap items-center gap-1.5">
      <Tag tone="wait">{words(`suspicion.${kind}`)}</Tag>
      <span className="text-dim tabular-nums">
        {words(`evidence.${kind}`, { people: count(people), span: span(withinMs), levels: count(levels) })}
      </span>
    </li>
  );
}
