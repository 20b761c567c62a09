"use client";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { percent, yuan } from "../format/money.ts";
import { clockTime, day } from "../format/time.ts";
import { slicesOf } from "../session/session-provider.tsx";
import { PhaseTag, RehearsalTag } from "../shows/phase-tag.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { CopyLink } from "./copy-link.tsx";
import { ShareButton, SHARERS } from "./report/share-button.tsx";
import { useReview } from "./review-context.tsx";
import { SettledTag } from "./whole/settled-tag.tsx";

const ExportMenu = dynamic(() => import("./whole/export-menu.tsx").then((part) => part.ExportMenu));

/** Which show, how it came out against its target, and what can be made of the review. */
export function ReviewHeader() {
  const control = useTranslations("control");
  const words = useTranslations("review");
  const report = useTranslations("report");
  const meeting = useTranslations("meeting");
  const { plan, last, startedAt, endedAt, reload, shared } = useReview();
  const { session, figures } = slicesOf(last);
  const { paidFen } = figures.headline;
  const target = session.targets.paidFen;
  return (
    <header className="flex min-h-11 shrink-0 items-center gap-3 border-b px-3 max-md:flex-wrap max-md:gap-x-2 max-md:gap-y-1.5 max-md:py-1.5">
      {shared ? null : (
        <Button asChild look="ghost" size="iconSm">
          <Link href="/shows" aria-label={control("toShows")}>
            <Icon name="chevronLeft" />
          </Link>
        </Button>
      )}
      <h1 className="min-w-0 truncate text-base font-semibold max-md:basis-0 max-md:grow" title={session.title}>
        {words("title", { title: session.title })}
      </h1>
      <PhaseTag phase={session.phase} />
      {session.rehearsal ? <RehearsalTag /> : null}
      <SettledTag />
      <span className="shrink-0 text-sm text-dim max-[1100px]:hidden">
        {day(startedAt)} {clockTime(startedAt)}–{endedAt === null ? "" : clockTime(endedAt)}
      </span>
      <span className="shrink-0 text-sm text-dim max-md:order-1 max-md:basis-full">
        {paidFen === null ? words("noPaid") : yuan(paidFen)}
        {target === null ? null : (
          <span className="text-faint">
            {" / "}
            {words("target", { target: yuan(target) })}
            {paidFen === null || target === 0 ? null : ` · ${percent(paidFen / target)}`}
          </span>
        )}
      </span>
      <div className="ml-auto flex shrink-0 items-center gap-2 max-md:order-2 max-md:ml-0 max-md:w-full max-md:flex-wrap">
        {endedAt === null ? (
          <>
            <Button size="sm" onClick={reload}>
              <Icon name="refresh" size={13} />
              {words("update")}
            </Button>
            {shared ? null : (
              <Button asChild size="sm">
                <Link href={`/shows/${plan.show.id}/control`}>{words("toLive")}</Link>
              </Button>
            )}
          </>
        ) : null}
        {shared ? null : (
          <>
            <Button asChild size="sm">
              <Link href={`/shows/${plan.show.id}/meeting`}>{meeting("open")}</Link>
            </Button>
            <Button asChild size="sm">
              <Link href={`/shows/${plan.show.id}/report`}>{report("title")}</Link>
            </Button>
          </>
        )}
        {!shared && plan.show.roles.some((role) => SHARERS.has(role)) ? <ShareButton sessionId={plan.show.id} /> : null}
        <ExportMenu />
        <CopyLink />
      </div>
    </header>
  );
}
