"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailure } from "../strings/use-refusal.ts";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Drawer } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { EmptyState, ErrorState } from "../ui/states.tsx";
import { notify } from "../ui/toast.tsx";
import { NewScreen } from "./new-screen.tsx";
import { revokeLink, useOnlineScreens, useScreenLinks, type ScreenLink } from "./screen-links.ts";
import { ScreenRow } from "./screen-row.tsx";

/** The show's host screens: which there are, what each shows, and links for more. */
export function ScreensDrawer({ onClose }: { onClose: () => void }) {
  const words = useTranslations("screens");
  const explain = useFailure();
  const sessionId = useSession((show) => show.session.sessionId);
  const { value, failure, reload } = useScreenLinks(sessionId);
  const online = useOnlineScreens();
  const [revoking, setRevoking] = useState<ScreenLink | null>(null);
  const links = value?.links ?? [];
  return (
    <Drawer open onOpenChange={onClose} title={words("title")} description={words("keysHint")} width="lg">
      <div className="flex flex-col gap-4">
        <NewScreen sessionId={sessionId} onMade={reload} />
        {failure && !value ? (
          <ErrorState compact title={explain(failure)} actions={<Button onClick={reload}>{words("again")}</Button>} />
        ) : null}
        {value && links.length === 0 ? (
          <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />
        ) : null}
        <ul className="flex flex-col gap-2">
          {links.map((link) => (
            <ScreenRow
              key={link.id}
              link={link}
              isOnline={online.has(link.id)}
              onChanged={reload}
              onRevoke={() => setRevoking(link)}
            />
          ))}
        </ul>
        <Button asChild look="ghost" className="self-start">
          <Link href={`/shows/${sessionId}/assistant`} target="_blank">
            <Icon name="external" size={14} />
            {words("assistantBoard")}
          </Link>
        </Button>
      </div>
      <Revoke
        link={revoking}
        sessionId={sessionId}
        onClose={() => {
          setRevoking(null);
          reload();
        }}
      />
    </Drawer>
  );
}

function Revoke({ link, sessionId, onClose }: { link: ScreenLink | null; sessionId: string; onClose: () => void }) {
  const words = useTranslations("screens");
  const explain = useFailure();
  if (!link) return null;
  const revoke = async () => {
    const reply = await revokeLink(sessionId, link.id);
    // Somebody else was quicker: it is dark either way.
    if (reply.ok || reply.failure.kind === "missing") return true;
    notify({ tone: "air", title: explain(reply.failure) });
    return false;
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={words("revokeTitle", { number: link.number, name: link.name })}
      confirmLabel={words("revoke")}
      onConfirm={revoke}
    >
      {words("revokeText")}
    </ConfirmDialog>
  );
}
