"use client";
import { useTranslations } from "next-intl";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";
import { notify } from "../ui/toast.tsx";
import { copyText } from "../ui/copy-text.ts";

/** What staff do with the page that viewers open inside WeChat: look at it, or put its link into a group. */
export function useViewerPage(sessionId: string) {
  const words = useTranslations("viewerPage");
  const path = `/v/${encodeURIComponent(sessionId)}`;
  return {
    open: () => void window.open(path, "_blank", "noopener"),
    copy: async () => {
      const link = new URL(path, location.origin).href;
      if (await copyText(link)) notify({ tone: "sure", title: words("copied"), text: link });
      // Where the browser lets no page copy, the link stands there to be taken by hand.
      else notify({ tone: "wait", title: words("notCopied"), text: link });
    },
  };
}

export function ViewerPageMenu({ sessionId, compact = false }: { sessionId: string; compact?: boolean }) {
  const words = useTranslations("viewerPage");
  const { open, copy } = useViewerPage(sessionId);
  return (
    <Menu
      items={[
        { label: words("open"), onSelect: open },
        { label: words("copy"), onSelect: () => void copy() },
      ]}
    >
      {compact ? (
        <IconButton label={words("title")} size="iconSm">
          <Icon name="user" size={14} />
        </IconButton>
      ) : (
        <Button look="ghost">
          <Icon name="external" size={14} />
          {words("title")}
        </Button>
      )}
    </Menu>
  );
}
