"use client";
import { useTranslations } from "next-intl";
import type { PushEffectRow } from "#domain/ops/push-effect.ts";
import type { PushRow, PushTaskRow } from "#domain/push/rows.ts";
import { isMass } from "#domain/push/shapes.ts";
import { same } from "#domain/same.ts";
import { count, yuan } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Callout, EmptyState } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { tasksOf } from "../board/board-rows.shape.ts";
import { PushStatusTag } from "../status-tag.tsx";

const COLUMNS = ["handedOver", "sent", "reached", "opens", "signups", "claims", "orders", "paid", "cost"] as const;

/** What each push did, as far as somebody can say; what nobody can say stands there as such. */
export function PushResults({ onBoard }: { onBoard: (pushId: string) => void }) {
  const words = useTranslations("push.results");
  const rows = useSession((show) => show.pushes);
  const out = [...rows.values()]
    .filter(({ rounds }) => rounds > 0)
    .toSorted((a, b) => (a.handedOverAt ?? 0) - (b.handedOverAt ?? 0));
  if (out.length === 0) return <EmptyState title={words("emptyTitle")} text={words("emptyText")} />;
  return (
    <div className="mx-auto flex max-w-[1280px] flex-col gap-4 px-6 py-4 pb-28 max-sm:px-3">
      <WideTable label={words("heading")}>
        <Head>
          <Th>{words("push")}</Th>
          {COLUMNS.map((column) => (
            <Th key={column} numeric title={words(`help.${column}`)}>
              {words(`column.${column}`)}
            </Th>
          ))}
        </Head>
        <tbody>
          {out.map((push) => (
            <ResultRow key={push.pushId} push={push} onBoard={() => onBoard(push.pushId)} />
          ))}
        </tbody>
        <Unattributed />
      </WideTable>
      <Callout>{words("note")}</Callout>
    </div>
  );
}

function ResultRow({ push, onBoard }: { push: PushRow; onBoard: () => void }) {
  const words = useTranslations("push.results");
  const effect = useSession((show) => show.pushEffect.get(push.pushId));
  const { kind, title, resolved, quota, tasks, counts, ticks, handedOverAt } = push;
  const mass = isMass(kind);
  const handed = kind === "robot" ? tasksIn(tasks) : (resolved?.targets ?? 0) - (quota?.over ?? 0);
  const senders = useSession(({ pushTasks }) => sendersOf(pushTasks, push), same);
  return (
    <Tr>
      <Td className="max-w-0 min-w-52">
        <button
          type="button"
          className="block max-w-full truncate text-left font-medium hover:underline"
          title={title}
          onClick={onBoard}
        >
          {title}
        </button>
        <span className="flex items-center gap-2 pb-1 text-xs text-faint">
          <PushStatusTag push={push} />
          {handedOverAt === null ? "" : dayTime(handedOverAt)}
        </span>
      </Td>
      <Td numeric>{count(handed)}</Td>
      <Td numeric>{words("ofTasks", { done: count(senders.done), of: count(senders.all) })}</Td>
      <Td numeric>
        {mass ? count(counts.sent) : kind === "forward" ? <ByHand ticks={ticks} /> : <Unknown why="robotReach" />}
      </Td>
      <Figure value={effect?.opens} why={push.copy.link === "viewer" || kind === "forward" ? null : "ownLink"} />
      <Figure value={effect?.signups} why={effect?.signups === null ? "noSignups" : null} />
      <Figure value={effect && effect.claims + effect.entries} why={null} />
      <Figure value={effect?.orders} why={null} />
      <Td numeric>{paidOf(effect) ?? <Unknown why="notYet" />}</Td>
      <Td numeric>{mass ? count(costOf(push)) : <span title={words("freeHelp")}>{words("free")}</span>}</Td>
    </Tr>
  );
}

/** Of 员工转发 its members' lists; the robots that told them are none of its senders. */
function sendersOf(tasks: ReadonlyMap<string, PushTaskRow>, push: PushRow) {
  const own = tasksOf(tasks, push).filter(({ role }) => push.kind !== "forward" || role === "forward");
  return { all: own.length, done: own.filter(({ state }) => state === "sent" || state === "partly").length };
}

const tasksIn = (tasks: PushRow["tasks"]): number => Object.values(tasks).reduce((sum, of) => sum + of, 0);
/** What was sent is used up; what is still reserved is told apart on the board. */
const costOf = ({ counts }: PushRow): number => counts.sent;
const paidOf = (effect: PushEffectRow | undefined): string | null => (effect ? yuan(effect.paidFen) : null);

type Why = "robotReach" | "ownLink" | "noSignups" | "notYet";

function Unknown({ why }: { why: Why }) {
  const words = useTranslations("push.results");
  return (
    <span className="text-faint" title={words(`why.${why}`)}>
      –<span className="sr-only"> {words(`why.${why}`)}</span>
    </span>
  );
}

function Figure({ value, why }: { value: number | null | undefined; why: Why | null }) {
  if (why !== null || value === null || value === undefined) {
    return (
      <Td numeric>
        <Unknown why={why ?? "notYet"} />
      </Td>
    );
  }
  return <Td numeric>{count(value)}</Td>;
}

/** Ticks are evidence by hand. */
function ByHand({ ticks }: { ticks: number }) {
  const words = useTranslations("push.results");
  return <span title={words("byHandHelp")}>{words("byHand", { count: count(ticks) })}</span>;
}

/** The rest of the show: no code, no known person. It is not spread over the pushes. */
function Unattributed() {
  const words = useTranslations("push.results");
  const { total, attributed } = useSession((show) => show.pushAttribution);
  return (
    <tfoot>
      <tr className="text-dim">
        <Td>
          <span title={words("unattributedHelp")}>{words("unattributed")}</span>
        </Td>
        <Td colSpan={5} />
        <Td numeric>{count(total.claims + total.entries - attributed.claims - attributed.entries)}</Td>
        <Td numeric>{count(total.orders - attributed.orders)}</Td>
        <Td numeric>{yuan(total.paidFen - attributed.paidFen)}</Td>
        <Td />
      </tr>
    </tfoot>
  );
}
