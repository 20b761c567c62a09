"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import type { Source } from "#domain/source/state.ts";
import { dayTime } from "../../format/time.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { PlanContext } from "../../plan/plan-context.tsx";
import { loadPlanData } from "../../plan/plan-data.ts";
import { SessionProvider, useHasView, useSession } from "../../session/session-provider.tsx";
import { createSocketSource } from "../../session/socket-source.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { Button } from "../../ui/button.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { EmptyState, SkeletonRows } from "../../ui/states.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { pictureUrl, type Code } from "../../wecom/codes/code-data.ts";
import styles from "../../wecom/codes/print-sheet.module.css";
import { useSourceLink } from "./source-links.ts";
import { useWecomCodes } from "./wecom-code-list.ts";

const SIZES = ["small", "middle", "large"] as const;
const WHICH = ["page", "wecom"] as const;

/** Codes of sources on paper: each place gets its own, and is known by it. */
export function PrintSources({ sessionId }: { sessionId: string }) {
  const loaded = useLoaded(sessionId, (signal) => loadPlanData(sessionId, signal));
  const create = useCallback(() => createSocketSource({ sessionId, audience: "control", page: "warmup" }), [sessionId]);
  return (
    <div className="h-full overflow-y-auto bg-white">
      <article className={styles["page"]}>
        <LoadedSection loaded={loaded}>
          {(plan) => (
            <PlanContext.Provider value={plan}>
              <SessionProvider create={create} fallback={<SkeletonRows rows={8} />}>
                <WhenJoined />
              </SessionProvider>
            </PlanContext.Provider>
          )}
        </LoadedSection>
      </article>
    </div>
  );
}

const WhenJoined = () => (useHasView() ? <Sheets /> : <SkeletonRows rows={8} />);

function Sheets() {
  const words = useTranslations("warmupPlan.sources.printSheet");
  const [ids, setIds] = useState<readonly string[]>([]);
  const [size, setSize] = useState<(typeof SIZES)[number]>("middle");
  const [which, setWhich] = useState<(typeof WHICH)[number]>("page");
  const [named, setNamed] = useState(true);
  const sources = useSession((show) => show.sources);
  const sessionId = useSession((show) => show.session.sessionId);
  const published = useSession((show) => show.landing.published !== null);
  useEffect(() => setIds((new URLSearchParams(location.search).get("sources") ?? "").split(",").filter(Boolean)), []);
  const picked = ids.flatMap((id) => sources.get(id) ?? []);
  return (
    <>
      <div className={`${styles["tools"]} flex flex-wrap items-center gap-2`}>
        <Button look="primary" onClick={() => window.print()}>
          {words("print")}
        </Button>
        <Segmented
          label={words("size")}
          value={size}
          onChange={setSize}
          options={SIZES.map((one) => ({ value: one, label: words(`sizes.${one}`) }))}
        />
        <Segmented
          label={words("which")}
          value={which}
          onChange={setWhich}
          options={WHICH.map((one) => ({ value: one, label: words(`whichOf.${one}`) }))}
        />
        <Checkbox label={words("showNames")} checked={named} onChange={setNamed} />
        <Button asChild>
          <Link href={`/shows/${sessionId}/warmup#sources`}>{words("back")}</Link>
        </Button>
        {published || which === "wecom" ? null : (
          <p role="status" className="w-full text-xs text-wait-ink">
            {words("draftWarning")}
          </p>
        )}
      </div>
      <h1 className="sr-only">{words("title")}</h1>
      {picked.length === 0 ? (
        <EmptyState title={words("empty")} />
      ) : which === "page" ? (
        <PageCodes sources={picked} size={size} named={named} />
      ) : (
        <WecomPictures sources={picked} size={size} named={named} />
      )}
    </>
  );
}

type SheetProps = { sources: readonly Source[]; size: (typeof SIZES)[number]; named: boolean };

function PageCodes({ sources, size, named }: SheetProps) {
  const words = useTranslations("warmupPlan.sources.printSheet");
  const { sessionId, title, plannedStartAt } = useSession((show) => show.session);
  const linkOf = useSourceLink(sessionId);
  return (
    <ul className={`${styles["sheet"]} ${styles[size]}`}>
      {sources.map(({ sourceId, name, code }) => {
        const link = linkOf(code);
        return (
          <li key={sourceId} className={styles["code"]}>
            {link === null ? null : <QrCode text={link} label={name} />}
            <p className={styles["name"]}>{title}</p>
            <p className={styles["hint"]}>{words("startsAt", { time: dayTime(plannedStartAt) })}</p>
            <p className={styles["hint"]}>{words("scanPage")}</p>
            {named ? <p className={styles["hint"]}>{`${name} · ${code}`}</p> : null}
          </li>
        );
      })}
    </ul>
  );
}

function WecomPictures({ sources, size, named }: SheetProps) {
  const words = useTranslations("warmupPlan.sources.printSheet");
  const { codes } = useWecomCodes();
  const shown = sources.flatMap((source) => {
    const code = codes.find(({ id }) => id === source.wecomCodeId);
    return code ? [{ source, code }] : [];
  });
  if (shown.length === 0) return <EmptyState title={words("noWecom")} />;
  return (
    <ul className={`${styles["sheet"]} ${styles[size]}`}>
      {shown.map(({ source, code }) => (
        <li key={source.sourceId} className={styles["code"]}>
          <WecomPicture code={code} />
          <p className={styles["hint"]}>{words(code.kind === "group" ? "scanGroup" : "scanContact")}</p>
          {named ? <p className={styles["hint"]}>{source.name}</p> : null}
        </li>
      ))}
    </ul>
  );
}

/** Drawn anew as squares it is sharp at any size; where that can't be done, WeCom's own picture. */
function WecomPicture({ code }: { code: Code }) {
  const [ending, setEnding] = useState<"svg" | "png">("svg");
  return <img src={pictureUrl(code, ending)} alt={code.name} onError={() => setEnding("png")} />;
}
