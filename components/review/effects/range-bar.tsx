import type { Range } from "#domain/effects/report.ts";
import { placed, type Scale } from "./effects.shape.ts";

const COLOUR = { helped: "var(--color-sure)", unclear: "var(--color-faint)", hurt: "var(--color-air)" } as const;

/** A range on the table's one scale, with the line of "nothing changed". An arrow where it goes on beyond the edge. */
export function RangeBar({
  range,
  scale,
  word,
  label,
}: {
  range: Range;
  scale: Scale;
  word: keyof typeof COLOUR;
  label: string;
}) {
  const { low, mid, high, zero, cutLow, cutHigh } = placed(range, scale);
  const x = (share: number) => `${(4 + share * 92).toFixed(2)}%`;
  const colour = COLOUR[word];
  return (
    <svg role="img" aria-label={label} className="h-5 w-full">
      <line x1={x(zero)} x2={x(zero)} y1="2" y2="18" stroke="var(--color-edge)" />
      <line x1={x(low)} x2={x(high)} y1="10" y2="10" stroke={colour} strokeWidth="2" />
      {cutLow ? <End at={x(low)} colour={colour} sign="‹" /> : null}
      {cutHigh ? <End at={x(high)} colour={colour} sign="›" /> : null}
      <circle cx={x(mid)} cy="10" r="4.5" fill={colour} />
    </svg>
  );
}

function End({ at, colour, sign }: { at: string; colour: string; sign: string }) {
  return (
    <text x={at} y="14" fontSize="13" textAnchor="middle" fill={colour}>
      {sign}
    </text>
  );
}
