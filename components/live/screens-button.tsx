"use client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useOnline, useSession } from "../session/session-provider.tsx";
import { useList } from "../ui/use-list.ts";
import { cn } from "../ui/cn.ts";
import { Kbd } from "../ui/kbd.tsx";
import { notify } from "../ui/toast.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { HANDS, useDesk, useDeskKey, useOpenDialog } from "./desk.tsx";
import { numberOf } from "./number-entry.ts";
import { BOARD_KEYS } from "./screen-boards.ts";
import { useScreenLinks } from "./screen-links.ts";
import { useStore } from "./store.ts";
import { useScreenActs } from "./use-screen-acts.ts";

/** How many host screens are on, which ones, and the way to turn them: `V` opens all, `1 V` takes the next digit for screen 1. */
export function ScreensButton({ compact = false }: { compact?: boolean }) {
  const words = useTranslations("screens");
  const list = useList();
  const { may, dialog } = useDesk();
  const off = !may(HANDS);
  const names = useOnline().flatMap(({ kind, name }) => (kind === "screen" ? [name] : []));
  const count = names.length;
  return (
    <>
      <Tooltip text={count > 0 ? words("onlineNames", { names: list(names) }) : words("noneOnline")} side="bottom">
        <button
          type="button"
          aria-disabled={off}
          onClick={(event) => {
            if (!off) dialog.write({ kind: "screens" });
            event.currentTarget.blur();
          }}
          className={cn(
            "flex h-7 shrink-0 items-center gap-1.5 rounded-md px-1.5 text-xs whitespace-nowrap hover:bg-hover",
            count > 0 ? "text-dim" : "text-wait-ink",
          )}
        >
          {words(compact ? "countShort" : "count", { count })}
          {off || compact ? null : <Kbd>V</Kbd>}
        </button>
      </Tooltip>
      {off ? null : <ScreenKeys />}
    </>
  );
}

function ScreenKeys() {
  const words = useTranslations("screens");
  const { dialog, entry, screen } = useDesk();
  const sessionId = useSession((show) => show.session.sessionId);
  const { value, reload } = useScreenLinks(sessionId);
  const picked = useStore(screen);
  const link = value?.links.find(({ id }) => id === picked) ?? null;
  const run = () => {
    const number = numberOf(entry.read());
    if (number === null) return dialog.write({ kind: "screens" });
    entry.write({ ...entry.read(), number: "" });
    const found = value?.links.find((each) => each.number === number);
    if (found) screen.write(found.id);
    else {
      notify({ tone: "wait", title: words("noSuchScreen", { number }) });
      reload();
    }
    return undefined;
  };
  // Links may have been made, named and revoked in it.
  const isOpen = useOpenDialog()?.kind === "screens";
  useEffect(() => {
    if (!isOpen) reload();
  }, [isOpen, reload]);
  useDeskKey({ code: "KeyV", key: "V", label: words("label"), section: "people", run });
  return link ? <ScreenLayer linkId={link.id} title={words("turn", { number: link.number, name: link.name })} /> : null;
}

/** Takes the next digit for the board that the screen turns to. */
function ScreenLayer({ linkId, title }: { linkId: string; title: string }) {
  const words = useTranslations("screens");
  const { keys, screen } = useDesk();
  const acts = useScreenActs();
  const row = useSession((show) => show.screens.get(linkId));
  const isHidden = row?.moneyHidden ?? false;
  useEffect(() => {
    const close = () => screen.write(null);
    return keys.addLayer((name) => {
      const digit = /^(?:Digit|Numpad)(\d)$/.exec(name)?.[1];
      const board = digit === undefined ? undefined : BOARD_KEYS[Number(digit) - 1];
      if (board) acts.show(linkId, board);
      else if (digit === "0") acts.hideMoney(linkId, !isHidden);
      else if (name === "KeyV") acts.identify(linkId);
      else if (name !== "Escape") return false;
      close();
      return true;
    });
  }, [keys, screen, acts, linkId, isHidden]);
  const choice = (key: string, label: string, isNow: boolean, run: () => void) => (
    <button
      key={key}
      type="button"
      aria-pressed={isNow}
      onClick={() => {
        run();
        screen.write(null);
      }}
      className="flex items-center gap-1.5 rounded-sm px-1.5 py-1 text-xs text-dim hover:bg-hover aria-pressed:text-ink"
    >
      <Kbd>{key}</Kbd>
      {label}
    </button>
  );
  return (
    <div
      role="group"
      aria-label={title}
      className="float-in fixed top-13 right-3 z-30 flex max-w-[calc(100vw-24px)] flex-wrap items-center gap-1 rounded-md border border-act-edge bg-[#0f1c30] p-1.5 shadow-float"
    >
      <p className="px-1.5 text-xs font-semibold text-act-ink">{title}</p>
      {BOARD_KEYS.map((board, index) =>
        choice(String(index + 1), words(`boards.${board}`), (row?.board ?? "host") === board, () =>
          acts.show(linkId, board),
        ),
      )}
      {choice("0", words(isHidden ? "showMoney" : "hideMoney"), false, () => acts.hideMoney(linkId, !isHidden))}
      {choice("V", words("identify"), false, () => acts.identify(linkId))}
      {choice("Esc", words("leave"), false, () => undefined)}
    </div>
  );
}
