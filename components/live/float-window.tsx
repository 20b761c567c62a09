"use client";
import { useTranslations } from "next-intl";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { useSessionSource } from "../session/session-provider.tsx";
import { useSession } from "../session/session-provider.tsx";

/** Opens the narrow room in a window of its own, to stand beside 视频号助手. */
export function FloatButton() {
  const words = useTranslations("control");
  const source = useSessionSource();
  const sessionId = useSession((show) => show.session.sessionId);
  if (source.kind !== "socket") return null;
  const open = () => {
    const height = Math.min(900, window.screen.availHeight);
    window.open(`/shows/${sessionId}/control`, `kaibo-${sessionId}`, `popup,width=420,height=${height},left=0,top=0`);
  };
  return (
    <IconButton label={words("float")} size="iconSm" onClick={open}>
      <Icon name="external" size={14} />
    </IconButton>
  );
}
