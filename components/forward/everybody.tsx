import type { ForwardList } from "./forward-api.ts";
import { fill, useWords } from "./forward-words.ts";
import { Bar } from "./parts.tsx";

/** How far the others are; who is late is named, as on the desk's board. */
export function Everybody({ list: { members, push } }: { readonly list: ForwardList }) {
  const words = useWords();
  if (push.handedOverAt === null || members.length < 2) return null;
  const all = members.reduce((sum, { targets }) => sum + targets, 0);
  const done = members.reduce((sum, { ticks }) => sum + ticks, 0);
  const late = members.filter((member) => member.late && member.ticks < member.targets);
  return (
    <details className="rounded-xl bg-card p-4">
      <summary className="min-h-8 cursor-pointer font-semibold">
        {words.allTitle}
        <span className="ml-2 font-normal text-dim">{fill(words.allSum, { done, all })}</span>
      </summary>
      <div className="pt-2">
        <Bar done={done} all={all} />
      </div>
      {late.length > 0 ? (
        <p className="pt-2 text-sm text-wait">
          {fill(words.lateOnes, { names: late.map(({ name }) => name).join(words.comma) })}
        </p>
      ) : null}
      <ul className="pt-1 text-sm">
        {members.map(({ memberId, name, targets, ticks, late: isLate }) => (
          <li key={memberId} className="flex gap-3 py-1">
            <span className="min-w-0 flex-1 break-words">{name}</span>
            {ticks >= targets ? (
              <span className="text-sure">✓ {words.done}</span>
            ) : isLate ? (
              <span className="text-wait">! {words.late}</span>
            ) : null}
            <span className="w-12 text-right text-dim">{fill(words.memberRow, { ticks, targets })}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
