"use client";
import { useTranslations } from "next-intl";
import { count, yuan, yuanRound } from "../../format/money.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { Tag } from "../../ui/tag.tsx";
import { LinkButtons } from "./link-buttons.tsx";
import { useSourceLink } from "./source-links.ts";
import { shareOf, type Funnel, type SourceLine } from "./source-matrix.shape.ts";
import { withPick, type SourcesShown } from "./source-table.tsx";

/** On a phone: source after source, each with its link and what it brought; what it costs is typed where it is opened. */
export function SourceCards({ matrix, picked, onPick, onOpen }: SourcesShown) {
  const words = useTranslations("warmupPlan.sources");
  const linkOf = useSourceLink(useSession((show) => show.session.sessionId));
  return (
    <div className="flex flex-col gap-4">
      {matrix.kinds.map(({ kind, lines }) => (
        <section key={kind} aria-label={words(`kind.${kind}`)}>
          <h2 className="pb-1.5 text-xs font-semibold text-dim">
            {words(`kind.${kind}`)} <span className="font-normal text-faint tabular-nums">{lines.length}</span>
          </h2>
          <ul className="flex flex-col gap-2">
            {lines.map((line) => (
              <Card
                key={line.source.sourceId}
                line={line}
                link={linkOf(line.source.code)}
                isPicked={picked.includes(line.source.sourceId)}
                onPick={(isPicked) => onPick(withPick(picked, line.source.sourceId, isPicked))}
                onOpen={() => onOpen(line.source.sourceId)}
              />
            ))}
          </ul>
        </section>
      ))}
      <section aria-label={words("totals")}>
        <h2 className="pb-1.5 text-xs font-semibold">{words("totals")}</h2>
        <Brought funnel={matrix.total.funnel} />
      </section>
      {matrix.elsewhere.length === 0 ? null : (
        <section aria-label={words("elsewhere")} className="flex flex-col gap-2">
          <h2 className="text-xs font-semibold text-dim">{words("elsewhere")}</h2>
          {matrix.elsewhere.map(({ way, funnel }) => (
            <div key={way} className="rounded-md border bg-raised px-3 py-2.5">
              <p className="pb-1.5 text-sm text-dim">{words(way)}</p>
              <Brought funnel={funnel} untold />
            </div>
          ))}
        </section>
      )}
    </div>
  );
}

type CardProps = {
  line: SourceLine;
  link: string | null;
  isPicked: boolean;
  onPick: (isPicked: boolean) => void;
  onOpen: () => void;
};

function Card({ line: { source, funnel, perSignupFen }, link, isPicked, onPick, onOpen }: CardProps) {
  const words = useTranslations("warmupPlan.sources");
  const { name, code, archived, targetSignups, costFen } = source;
  const reached = shareOf(funnel.signedUp, targetSignups);
  const spent = [
    costFen === null ? null : `${words("cost")} ${yuanRound(costFen)}`,
    perSignupFen === null ? null : `${words("perSignup")} ${yuan(perSignupFen)}`,
    targetSignups === null ? null : `${words("target")} ${count(targetSignups)}`,
  ].filter((said) => said !== null);
  return (
    <li className="rounded-md border bg-raised px-3 py-2">
      <div className="flex items-center gap-2">
        <Checkbox labelHidden label={words("pick", { name })} checked={isPicked} onChange={onPick} />
        <button
          type="button"
          className="min-w-0 flex-1 py-1.5 text-left text-sm font-medium [overflow-wrap:anywhere] hover:underline"
          onClick={onOpen}
        >
          {name} <span className="font-mono text-xs font-normal text-dim">{code}</span>
        </button>
        {archived ? <Tag shape={false}>{words("archived")}</Tag> : null}
        <LinkButtons name={name} link={link} />
      </div>
      <Brought funnel={funnel} />
      {reached === null ? null : (
        <Progress
          value={reached}
          tone={reached >= 1 ? "sure" : "act"}
          label={`${name}: ${words("target")}`}
          className="mt-1.5"
        />
      )}
      {spent.length === 0 ? null : <p className="pt-1 text-xs text-dim tabular-nums">{spent.join(" · ")}</p>}
    </li>
  );
}

function Brought({ funnel, untold = false }: { funnel: Funnel; untold?: boolean }) {
  const words = useTranslations("warmupPlan.sources");
  const { opened, signedUp, invited, joinedGroup, watched, paidFen } = funnel;
  const told = [
    { label: words("opened"), value: untold ? null : count(opened) },
    { label: words("signedUp"), value: count(signedUp) },
    { label: words("invited"), value: count(invited) },
    { label: words("joinedGroup"), value: joinedGroup === null ? null : count(joinedGroup) },
    { label: words("watched"), value: watched === null ? null : count(watched) },
    { label: words("paid"), value: paidFen === null ? null : yuanRound(paidFen) },
  ];
  return (
    <dl className="grid grid-cols-3 gap-x-3 gap-y-1 text-xs tabular-nums">
      {told.map(({ label, value }) => (
        <div key={label} className="flex min-w-0 items-baseline gap-1.5">
          <dt className="shrink-0 text-faint">{label}</dt>
          <dd className={value === null ? "text-faint" : "min-w-0 truncate font-semibold"}>{value ?? "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
