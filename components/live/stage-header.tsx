"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { useOnline, useSession } from "../session/session-provider.tsx";
import { PhaseTag, RehearsalTag } from "../shows/phase-tag.tsx";
import { AvatarStack } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { useNarrow } from "../ui/use-narrow.ts";
import { HeaderNotices } from "./header-notices.tsx";
import { HoldButton } from "./hold.tsx";

type StageHeaderProps = {
  readonly heading: string;
  readonly toPlan: string;
  readonly toControl: string;
  /** Further ways on, before the one to control. */
  readonly children?: ReactNode;
};

/** The head of a show's page beside plan and control: which show, who is here, what holds everything, and the ways back and on. */
export function StageHeader({ heading, toPlan, toControl, children }: StageHeaderProps) {
  const { title, phase, rehearsal, sessionId } = useSession((show) => show.session);
  const online = useOnline();
  const isNarrow = useNarrow();
  return (
    <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 max-sm:px-3">
      <Button asChild look="ghost" size="icon">
        <Link href={`/shows/${sessionId}/plan`} aria-label={toPlan}>
          <Icon name="chevronLeft" />
        </Link>
      </Button>
      {/* Of one width whatever stands in it: a notice must not make the header wrap. */}
      <div className="flex min-w-0 grow basis-56 max-sm:basis-[calc(100%-44px)]">
        <HeaderNotices compact={isNarrow}>
          <h1 className="min-w-0 flex-[0_1_auto] truncate text-lg font-semibold" title={title}>
            {heading}
          </h1>
          <PhaseTag phase={phase} />
          {rehearsal ? <RehearsalTag /> : null}
        </HeaderNotices>
      </div>
      <div className="ml-auto flex shrink-0 items-center gap-3">
        <span className="max-sm:hidden">
          <AvatarStack names={online.filter(({ kind }) => kind === "staff").map(({ name }) => name)} />
        </span>
        <HoldButton />
        {children}
        <Button asChild size="sm">
          <Link href={`/shows/${sessionId}/control`}>{toControl}</Link>
        </Button>
      </div>
    </header>
  );
}
