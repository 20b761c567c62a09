"use client";
import { useTranslations } from "next-intl";
import type { EffectsReport } from "#domain/effects/report.ts";
import { Head, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { useNarrow } from "../../ui/use-narrow.ts";
import { MoneyCells, MoneyRange, OtherMeasures, WordCell } from "./effect-cells.tsx";
import { kindLines, scaleOf, type KindLine } from "./effects.shape.ts";

/** Acts of one kind taken together, before the single ones: what one act can't show, several may. */
export function KindsTable({ report }: { report: EffectsReport }) {
  const words = useTranslations("effects");
  const isNarrow = useNarrow();
  const lines = kindLines(report);
  // Sums of many windows: on a scale of their own.
  const scale = scaleOf(lines.map(({ effect }) => effect?.measures.paidFen ?? null));
  return (
    <section aria-label={words("kindsTitle")} className="pb-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 pb-1">
        <h3 className="text-sm font-semibold">{words("kindsTitle")}</h3>
        <p className="text-xs text-dim">{words("kindsNote")}</p>
      </div>
      <Table label={words("kindsTitle")}>
        <Head>
          <Th>{words("column.word")}</Th>
          <Th>{words("column.kind")}</Th>
          {isNarrow ? null : (
            <>
              <Th>{words("column.kindEffect")}</Th>
              <Th className="w-[22%]">{words("column.range")}</Th>
              <Th>{words("column.more")}</Th>
            </>
          )}
        </Head>
        <tbody>
          {lines.map((line) => (
            <Tr key={line.kind}>
              <KindCells line={line} scale={scale} />
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function KindCells({
  line: { kind, acts, alone, effect },
  scale,
}: {
  line: KindLine;
  scale: ReturnType<typeof scaleOf>;
}) {
  const words = useTranslations("effects");
  const isNarrow = useNarrow();
  if (!effect) {
    const tooFew = <span className="text-xs text-dim">{words("kindTooFew", { acts, alone })}</span>;
    return (
      <>
        <Td>
          <span className="text-faint">–</span>
        </Td>
        <Td>
          {words(`kind.${kind}`)}
          {isNarrow ? <span className="block pb-1">{tooFew}</span> : null}
        </Td>
        {isNarrow ? null : <Td colSpan={3}>{tooFew}</Td>}
      </>
    );
  }
  const more = <OtherMeasures orders={effect.measures.orders} online={effect.measures.online} />;
  return (
    <>
      <WordCell word={effect.word} headline={effect.headline} />
      <Td>
        {words(`kind.${kind}`)}
        <span className="ml-2 text-xs text-faint">{words("kindCount", { acts, alone })}</span>
        {isNarrow ? (
          <div className="pb-1.5">
            <MoneyRange money={effect.measures.paidFen} />
            {more}
          </div>
        ) : null}
      </Td>
      {isNarrow ? null : (
        <>
          <MoneyCells money={effect.measures.paidFen} scale={scale} />
          <Td>{more}</Td>
        </>
      )}
    </>
  );
}
