import type { ReactNode } from "react";
import { cn } from "../../ui/cn.ts";
import { ToneShape } from "../../ui/tag.tsx";
import { shareText } from "./report-words.ts";

/** Violet and cyan are traffic's alone: buyers are told apart by light and by shapes of their own. */
type Look = "private" | "public" | "new" | "returning" | "unknown";
export type SplitPart = {
  readonly key: string;
  readonly share: number;
  readonly look: Look;
  readonly name: string;
  readonly figure: string;
};

const fills: Readonly<Record<Look, string>> = {
  private: "bg-private",
  public: "bg-public",
  new: "bg-ink",
  returning: "bg-[#7d8896]",
  unknown: "bg-edge",
};
const shapes: Readonly<Record<Look, ReactNode>> = {
  private: <ToneShape tone="private" />,
  public: <ToneShape tone="public" />,
  new: <span className="block size-2.5 rounded-[2px] bg-ink" />,
  returning: <span className="block size-2.5 rounded-[2px] border-2 border-[#7d8896]" />,
  unknown: <span className="block h-0.5 w-2.5 bg-edge" />,
};
const inks: Readonly<Record<Look, string>> = {
  private: "text-private-ink",
  public: "text-public-ink",
  new: "",
  returning: "",
  unknown: "",
};

/** Parts of a whole in one bar, each named below it with its shape, so that colour is not all that tells them apart. */
export function SplitBar({ parts }: { parts: readonly SplitPart[] }) {
  return (
    <div className="py-2.5">
      <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-sm bg-line">
        {parts.map(({ key, share, look }) => (
          <span key={key} className={cn("min-w-0.5", fills[look])} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <ul className="mt-2 flex flex-col gap-1 text-sm">
        {parts.map(({ key, name, figure, share, look }) => (
          <li key={key} className="flex items-center gap-2">
            <span aria-hidden className={cn("flex w-2.5 justify-center", inks[look])}>
              {shapes[look]}
            </span>
            <span className="text-dim">{name}</span>
            <b className="ml-auto font-semibold tabular-nums">{figure}</b>
            <span className="w-12 text-right text-faint tabular-nums">{shareText(share)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
