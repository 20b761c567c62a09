"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";

/** Who may share a show; the server says it again (`mayShare`). */
export const SHARERS: ReadonlySet<string> = new Set(["owner", "manager", "operator"]);

const ShareDialog = dynamic(() => import("./share-dialog.tsx").then((module) => module.ShareDialog), { ssr: false });

/** Makes and lists the links by which somebody without a sign-in reads this show. Show it to `SHARERS` alone. */
export function ShareButton({ sessionId }: { sessionId: string }) {
  const words = useTranslations("share");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Icon name="external" size={13} />
        {words("button")}
      </Button>
      {open ? <ShareDialog sessionId={sessionId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
