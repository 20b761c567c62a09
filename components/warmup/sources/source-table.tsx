"use client";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { count, percent, yuan, yuanRound } from "../../format/money.ts";
import { useDesk } from "../../live/desk.tsx";
import { SavedCell } from "../../plan/saved-cell.tsx";
import { useSend, useSession } from "../../session/session-provider.tsx";
import { IconButton } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Icon } from "../../ui/icon.tsx";
import { MoneyField } from "../../ui/money-field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { Head, RowTitle, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { SOURCE_PLANNERS } from "../warmup-roles.ts";
import { LinkButtons } from "./link-buttons.tsx";
import { useSourceLink } from "./source-links.ts";
import { shareOf, type Funnel, type MatrixTotal, type SourceLine, type SourceMatrix } from "./source-matrix.shape.ts";

export type SourcesShown = {
  matrix: SourceMatrix;
  picked: readonly string[];
  onPick: (picked: readonly string[]) => void;
  onOpen: (sourceId: string) => void;
};

const STEPS = ["opened", "signedUp", "invited", "joinedGroup", "watched"] as const;

/** Kind by kind, each source with its code and link, cost and target, and how far its people came. */
export function SourceTable({ matrix, picked, onPick, onOpen }: SourcesShown) {
  const words = useTranslations("warmupPlan.sources");
  const linkOf = useSourceLink(useSession((show) => show.session.sessionId));
  const all = matrix.kinds.flatMap(({ lines }) => lines.map(({ source }) => source.sourceId));
  return (
    <div className="overflow-x-auto max-md:-mx-3 max-md:px-3">
      <Table label={words("listLabel")} className="min-w-[1240px]">
        <Head>
          <Th className="w-8 px-1">
            <Checkbox
              labelHidden
              label={words("pickAll")}
              checked={all.length > 0 && picked.length === all.length}
              onChange={(isPicked) => onPick(isPicked ? all : [])}
            />
          </Th>
          <Th className="left-0 z-20 min-w-44">{words("name")}</Th>
          <Th className="w-24">{words("code")}</Th>
          <Th className="w-20">{words("link")}</Th>
          <Th numeric className="w-28">
            {words("cost")} ¥
          </Th>
          <Th numeric className="w-28">
            {words("target")}
          </Th>
          {STEPS.map((step) => (
            <Th key={step} numeric className="w-24">
              {words(step)}
            </Th>
          ))}
          <Th numeric className="w-40">
            {words("paid")}
          </Th>
          <Th numeric className="w-28">
            {words("perSignup")}
          </Th>
          <Th className="w-10" aria-label={words("edit")} />
        </Head>
        <tbody>
          {matrix.kinds.map(({ kind, lines, total }) => (
            <Fragment key={kind}>
              <tr className="bg-raised">
                <th scope="rowgroup" colSpan={4} className="h-8 border-b px-3 text-left text-xs font-semibold text-dim">
                  {words(`kind.${kind}`)}
                  <span className="pl-2 font-normal text-faint tabular-nums">{lines.length}</span>
                </th>
                {lines.length > 1 ? <TotalCells total={total} /> : <td colSpan={10} className="border-b" />}
              </tr>
              {lines.map((line) => (
                <Line
                  key={line.source.sourceId}
                  line={line}
                  link={linkOf(line.source.code)}
                  isPicked={picked.includes(line.source.sourceId)}
                  onPick={(isPicked) => onPick(withPick(picked, line.source.sourceId, isPicked))}
                  onOpen={() => onOpen(line.source.sourceId)}
                />
              ))}
            </Fragment>
          ))}
          {/* Of the sources alone, as what the others brought has no cost: so it stands above them. */}
          <tr>
            <th scope="row" colSpan={4} className="h-9 border-b px-3 text-left text-xs font-semibold">
              {words("totals")}
            </th>
            <TotalCells total={matrix.total} strong />
          </tr>
          {matrix.elsewhere.length === 0 ? null : (
            <tr className="bg-raised">
              <th scope="rowgroup" colSpan={14} className="h-8 border-b px-3 text-left text-xs font-semibold text-dim">
                {words("elsewhere")}
              </th>
            </tr>
          )}
          {matrix.elsewhere.map(({ way, funnel }) => (
            <Tr key={way}>
              <Td />
              <Td colSpan={5} className="text-dim">
                {words(way)}
              </Td>
              <FunnelCells funnel={funnel} targetSignups={null} name={words(way)} untold />
              <Td />
              <Td />
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

export const withPick = (picked: readonly string[], sourceId: string, isPicked: boolean): readonly string[] =>
  isPicked ? [...picked, sourceId] : picked.filter((other) => other !== sourceId);

type LineProps = {
  line: SourceLine;
  link: string | null;
  isPicked: boolean;
  onPick: (isPicked: boolean) => void;
  onOpen: () => void;
};

function Line({ line: { source, funnel, perSignupFen }, link, isPicked, onPick, onOpen }: LineProps) {
  const words = useTranslations("warmupPlan.sources");
  const { sourceId, name, code, archived, targetSignups } = source;
  return (
    <Tr className={archived ? "text-dim" : undefined}>
      <Td className="px-1">
        <Checkbox labelHidden label={words("pick", { name })} checked={isPicked} onChange={onPick} />
      </Td>
      <Td className="sticky left-0 max-w-0 bg-page group-hover:bg-hover">
        <span className="flex min-w-0 items-center gap-2">
          <RowTitle title={name} onOpen={onOpen} />
          {archived ? <Tag shape={false}>{words("archived")}</Tag> : null}
        </span>
      </Td>
      <Td className="font-mono text-xs text-dim">{code}</Td>
      <Td className="px-1">
        <LinkButtons name={name} link={link} />
      </Td>
      <CostCell sourceId={sourceId} name={name} costFen={source.costFen} />
      <TargetCell sourceId={sourceId} name={name} targetSignups={targetSignups} />
      <FunnelCells funnel={funnel} targetSignups={targetSignups} name={name} />
      <Td numeric>{perSignupFen === null ? <None /> : yuan(perSignupFen)}</Td>
      <Td className="px-1">
        <IconButton label={words("editOf", { name })} size="iconSm" onClick={onOpen}>
          <Icon name="edit" size={13} />
        </IconButton>
      </Td>
    </Tr>
  );
}

function CostCell({ sourceId, name, costFen }: { sourceId: string; name: string; costFen: number | null }) {
  const words = useTranslations("warmupPlan.sources");
  const send = useSend();
  const mayPlan = useDesk().may(SOURCE_PLANNERS);
  return (
    <Td className="px-1">
      <SavedCell
        value={costFen}
        save={(next, seen) => send("source.edit", { sourceId, to: { costFen: next } }, { expect: { costFen: seen } })}
        show={(fen) => (fen === null ? "" : yuan(fen))}
      >
        {({ value, onCommit, ...field }) => (
          <MoneyField
            {...field}
            sign={false}
            size="sm"
            aria-label={`${words("cost")} · ${name}`}
            disabled={!mayPlan}
            value={value}
            onCommit={onCommit}
          />
        )}
      </SavedCell>
    </Td>
  );
}

type TargetProps = { sourceId: string; name: string; targetSignups: number | null };

function TargetCell({ sourceId, name, targetSignups }: TargetProps) {
  const words = useTranslations("warmupPlan.sources");
  const send = useSend();
  const mayPlan = useDesk().may(SOURCE_PLANNERS);
  return (
    <Td className="px-1">
      <SavedCell
        value={targetSignups}
        save={(next, seen) =>
          send("source.edit", { sourceId, to: { targetSignups: next } }, { expect: { targetSignups: seen } })
        }
        show={(target) => (target === null ? "" : count(target))}
      >
        {({ value, onCommit, ...field }) => (
          <NumberField
            {...field}
            size="sm"
            max={100_000_000}
            aria-label={`${words("target")} · ${name}`}
            disabled={!mayPlan}
            value={value}
            onCommit={onCommit}
          />
        )}
      </SavedCell>
    </Td>
  );
}

type FunnelProps = {
  funnel: Funnel;
  targetSignups: number | null;
  name: string;
  /** Openings are counted by source alone. */
  untold?: boolean;
};

function FunnelCells({ funnel, targetSignups, name, untold = false }: FunnelProps) {
  const words = useTranslations("warmupPlan.sources");
  const reached = shareOf(funnel.signedUp, targetSignups);
  const converted = shareOf(funnel.signedUp, funnel.opened);
  return (
    <>
      <Td numeric>{untold ? <None title={words("noLink")} /> : count(funnel.opened)}</Td>
      <Td numeric title={converted === null ? undefined : words("shareOf", { share: percent(converted) })}>
        <span className="font-semibold">{count(funnel.signedUp)}</span>
        {reached === null ? null : (
          <Progress
            value={reached}
            tone={reached >= 1 ? "sure" : "act"}
            label={`${name}: ${words("targetDone", { share: percent(reached, 0) })}`}
            className="mt-0.5 h-0.5"
          />
        )}
      </Td>
      <Td numeric>{count(funnel.invited)}</Td>
      <Td numeric>{funnel.joinedGroup === null ? <None title={words("noCode")} /> : count(funnel.joinedGroup)}</Td>
      <Td numeric>{funnel.watched === null ? <None title={words("before")} /> : count(funnel.watched)}</Td>
      <Td numeric>
        {funnel.orders ? (
          <span className="pr-1.5 text-2xs text-faint">{words("paidOrders", { orders: count(funnel.orders) })}</span>
        ) : null}
        {funnel.paidFen === null ? <None title={words("before")} /> : yuanRound(funnel.paidFen)}
      </Td>
    </>
  );
}

function TotalCells({ total, strong = false }: { total: MatrixTotal; strong?: boolean }) {
  const cell = cn("h-8 border-b px-3 text-right text-xs tabular-nums", strong ? "font-semibold" : "text-dim");
  const { funnel, costFen, targetSignups, perSignupFen } = total;
  return (
    <>
      <td className={cell}>{costFen === null ? "–" : yuanRound(costFen)}</td>
      <td className={cell}>{targetSignups === null ? "–" : count(targetSignups)}</td>
      {STEPS.map((step) => (
        <td key={step} className={cell}>
          {funnel[step] === null ? "–" : count(funnel[step])}
        </td>
      ))}
      <td className={cell}>{funnel.paidFen === null ? "–" : yuanRound(funnel.paidFen)}</td>
      <td className={cell}>{perSignupFen === null ? "–" : yuan(perSignupFen)}</td>
      <td className="border-b" />
    </>
  );
}

/** Nobody knows; `title` says why. */
const None = ({ title }: { title?: string }) => (
  <span className="text-faint" title={title}>
    –
  </span>
);
