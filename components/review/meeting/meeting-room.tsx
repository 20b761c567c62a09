"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState, type ComponentType } from "react";
import { dayTime } from "../../format/time.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { PhaseTag, RehearsalTag } from "../../shows/phase-tag.tsx";
import { keysAreTaken } from "../../ui/hotkeys.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Icon } from "../../ui/icon.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { useReview } from "../review-context.tsx";
import { AGENDA, keyPage, pageOf, turned, type AgendaPage } from "./agenda.ts";
import { CoursePage } from "./course-page.tsx";
import { GoalsPage } from "./goals-page.tsx";
import { GoodsPage } from "./goods-page.tsx";
import { HistoryProvider } from "./history-context.tsx";
import { NextPage } from "./next-page.tsx";
import { PeoplePage } from "./people-page.tsx";
import { TroublesPage } from "./troubles-page.tsx";

const PAGES: Readonly<Record<AgendaPage, ComponentType>> = {
  goals: GoalsPage,
  goods: GoodsPage,
  course: CoursePage,
  people: PeoplePage,
  troubles: TroublesPage,
  next: NextPage,
};

/** The page stands in the address, so that a reload or a link opens it again. */
function useAgenda(): [AgendaPage, (page: AgendaPage) => void] {
  const [page, setPage] = useState<AgendaPage>(() => pageOf(window.location.hash));
  const open = useCallback((next: AgendaPage) => {
    setPage(next);
    window.history.replaceState(null, "", `#${next}`);
  }, []);
  return [page, open];
}

export function MeetingRoom({ onLeave }: { onLeave: () => void }) {
  const words = useTranslations("meeting");
  const { last } = useReview();
  const { session } = slicesOf(last);
  const [page, setPage] = useAgenda();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (keysAreTaken(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      // A button that has the focus is pressed by its own keys.
      if (event.code === "Space" && event.target instanceof HTMLButtonElement) return;
      if (event.code === "Escape") return onLeave();
      if (event.code === "KeyF") return void toggleFullScreen();
      const next = keyPage(page, event.code);
      if (next === null) return;
      event.preventDefault();
      setPage(next);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [page, setPage, onLeave]);
  const Page = PAGES[page];
  return (
    <HistoryProvider>
      <div className="flex min-h-0 flex-1 flex-col" style={{ fontSize: "clamp(14px, 1.25vw, 30px)", lineHeight: 1.4 }}>
        <header className="flex shrink-0 items-center gap-[0.8em] px-[2em] pt-[1.2em]">
          <h1 className="min-w-0 truncate text-[1.3em] font-semibold" title={session.title}>
            {words("title", { title: session.title })}
          </h1>
          <span className="flex shrink-0 items-center gap-[0.5em] [&>*]:text-[0.65em]! [&>*]:leading-[1.8]!">
            <PhaseTag phase={session.phase} />
            {session.rehearsal ? <RehearsalTag /> : null}
          </span>
          <span className="ml-auto shrink-0 text-[0.8em] text-faint tabular-nums">
            {words("asOf", { time: dayTime(last.at) })}
          </span>
          <IconButton className={ICON} label={words("fullScreen")} onClick={() => void toggleFullScreen()}>
            <Icon name="external" />
          </IconButton>
          <IconButton className={ICON} label={words("back")} onClick={onLeave}>
            <Icon name="close" />
          </IconButton>
        </header>
        <section aria-label={words(`page.${page}`)} className="min-h-0 flex-1 overflow-y-auto px-[2em] py-[1.4em]">
          <Page />
        </section>
        <AgendaBar page={page} onOpen={setPage} />
      </div>
    </HistoryProvider>
  );
}

/** As large as the letters of a page that is read from the far end of a room. */
const ICON = "size-[2.2em] text-[1em] [&>svg]:size-[1em]";

function AgendaBar({ page, onOpen }: { page: AgendaPage; onOpen: (page: AgendaPage) => void }) {
  const words = useTranslations("meeting");
  return (
    <nav
      aria-label={words("agenda")}
      className="flex shrink-0 items-center gap-[0.4em] overflow-x-auto border-t px-[2em] py-[0.6em] max-md:px-3"
    >
      <IconButton
        className={ICON}
        label={words("previous")}
        disabled={page === AGENDA[0]}
        onClick={() => onOpen(turned(page, -1))}
      >
        <Icon name="chevronLeft" />
      </IconButton>
      {AGENDA.map((name, index) => (
        <Button
          key={name}
          className="h-[2.2em] gap-[0.4em] px-[0.8em] text-[1em]"
          look={name === page ? "primary" : "ghost"}
          aria-current={name === page ? "page" : undefined}
          onClick={() => onOpen(name)}
        >
          {words(`page.${name}`)}
          <Kbd
            className={cn(
              "h-[1.5em] min-w-[1.5em] text-[0.75em]",
              name === page && "border-white/30 bg-black/25 text-white",
            )}
          >
            {index + 1}
          </Kbd>
        </Button>
      ))}
      <IconButton
        className={ICON}
        label={words("following")}
        disabled={page === AGENDA.at(-1)}
        onClick={() => onOpen(turned(page, 1))}
      >
        <Icon name="chevronRight" />
      </IconButton>
      <span className="ml-auto truncate text-[0.75em] text-faint max-[900px]:hidden">{words("keys")}</span>
    </nav>
  );
}

/** Refused by some browsers and frames: then the page stays as large as its window. */
async function toggleFullScreen(): Promise<void> {
  try {
    await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}
