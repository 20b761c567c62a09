import type { ReactNode } from "react";

export type ListedAct = { readonly id: string; readonly time: string; readonly text: string; readonly sign: ReactNode };

/** Acts that stand too near to each other for a mark of their own, in their order. */
export function ActList({ acts, onPick }: { acts: readonly ListedAct[]; onPick: (id: string) => void }) {
  return (
    <ol className="max-h-[min(50vh,420px)] overflow-y-auto">
      {acts.map(({ id, time, text, sign }) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => onPick(id)}
            className="flex min-h-9 w-full items-center gap-2 rounded-sm px-2 py-1 text-left text-sm hover:bg-hover"
          >
            <span className="shrink-0 text-xs text-dim tabular-nums">{time}</span>
            <span className="flex w-3 shrink-0 justify-center">{sign}</span>
            <span className="min-w-0 flex-1 break-words">{text}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
