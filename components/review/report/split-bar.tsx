import { cn } from "../../ui/cn.ts";
import { ToneShape } from "../../ui/tag.tsx";
import { shareText } from "./report-words.ts";

type Tone = "private" | "public" | "plain";
export type SplitPart = {
  readonly key: string;
  readonly share: number;
  readonly tone: Tone;
  readonly name: string;
  readonly figure: string;
};

const fills: Readonly<Record<Tone, string>> = { private: "bg-private", public: "bg-public", plain: "bg-edge" };
const inks: Readonly<Record<Tone, string>> = {
  private: "text-private-ink",
  public: "text-public-ink",
  plain: "text-faint",
};

/** Parts of a whole in one bar, each named below it with its shape, so that colour is not all that tells them apart. */
export function SplitBar({ parts }: { parts: readonly SplitPart[] }) {
  return (
    <div className="py-2.5">
      <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-sm bg-line">
        {parts.map(({ key, share, tone }) => (
          <span key={key} className={cn("min-w-0.5", fills[tone])} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <ul className="mt-2 flex flex-col gap-1 text-sm">
        {parts.map(({ key, name, figure, share, tone }) => (
          <li key={key} className="flex items-center gap-2">
            <span className={inks[tone]}>
              <ToneShape tone={tone} />
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
