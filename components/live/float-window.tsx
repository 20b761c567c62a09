"use client";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { PortalRootProvider } from "../ui/portal-root.ts";
import { EmptyState } from "../ui/states.tsx";
import { Toaster } from "../ui/toast.tsx";
import { useDesk, type Desk } from "./desk.tsx";
import { useStore } from "./store.ts";

const WIDTH_PX = 420;
const HEIGHT_PX = 860;

type PictureInPicture = { requestWindow(size: { width: number; height: number }): Promise<Window> };

function pictureInPicture(): PictureInPicture | null {
  const found: unknown = Reflect.get(window, "documentPictureInPicture");
  return isPictureInPicture(found) ? found : null;
}

const isPictureInPicture = (found: unknown): found is PictureInPicture =>
  typeof found === "object" && found !== null && "requestWindow" in found;

/** Moves the room into a small window that stays on top, where the browser has such windows; else opens one of its own. */
export function FloatButton() {
  const words = useTranslations("control");
  const locale = useLocale();
  const source = useSessionSource();
  const desk = useDesk();
  const sessionId = useSession((show) => show.session.sessionId);
  if (source.kind !== "socket") return null;
  const open = async () => {
    // A browser that has such windows may still refuse one.
    const small = await pictureInPicture()
      ?.requestWindow({ width: WIDTH_PX, height: HEIGHT_PX })
      .catch(() => null);
    if (small) return moveInto(small, desk, locale);
    window.open(
      `/shows/${sessionId}/control`,
      `kaibo-${sessionId}`,
      `popup,width=${WIDTH_PX},height=${HEIGHT_PX},left=0,top=0`,
    );
  };
  return (
    <IconButton label={words("float")} size="iconSm" onClick={() => void open()}>
      <Icon name="external" size={14} />
    </IconButton>
  );
}

function moveInto(small: Window, { float, keys }: Desk, locale: string): void {
  const { document: page } = small;
  page.documentElement.lang = locale;
  page.title = document.title;
  for (const style of document.querySelectorAll("style, link[rel=stylesheet]"))
    page.head.append(page.importNode(style, true));
  const root = page.createElement("div");
  root.className = "flex h-screen flex-col bg-page";
  page.body.append(root);
  small.addEventListener("keydown", keys.press, true);
  small.addEventListener("pagehide", () => float.write(null));
  float.write({ window: small, root });
}

/** The room's parts where they stand now: here, or in the small window. */
export function FloatOr({ small, children }: { small: ReactNode; children: ReactNode }) {
  const { float } = useDesk();
  const floating = useStore(float);
  // Whoever leaves the room would leave an empty window on top of everything.
  useEffect(() => () => floating?.window.close(), [floating]);
  if (!floating) return children;
  return (
    <>
      <FloatedAway onBack={() => floating.window.close()} />
      {createPortal(
        <PortalRootProvider value={floating.root}>
          {small}
          <Toaster />
        </PortalRootProvider>,
        floating.root,
      )}
    </>
  );
}

function FloatedAway({ onBack }: { onBack: () => void }) {
  const words = useTranslations("control");
  return (
    <EmptyState
      icon="external"
      title={words("floatedTitle")}
      text={words("floatedText")}
      actions={<Button onClick={onBack}>{words("floatBack")}</Button>}
    />
  );
}
