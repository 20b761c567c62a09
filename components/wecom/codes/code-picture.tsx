"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { notify } from "../../ui/toast.tsx";
import { Code, pictureUrl } from "./code-data.ts";

/** The picture as WeCom drew it, to look at, save and print. */
export function CodePicture({ code, mayRead, onRead }: { code: Code; mayRead: boolean; onRead: () => void }) {
  const words = useTranslations("wecomDesk.codes");
  const explain = useFailure();
  const [round, setRound] = useState(0);
  const [isMissing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const readAgain = async () => {
    setBusy(true);
    const reply = await request(`/api/v1/wecom/codes/${code.id}/read`, { method: "POST", shape: Code });
    setBusy(false);
    if (!reply.ok) return notify({ tone: "air", title: explain(reply.failure) });
    setMissing(false);
    setRound((n) => n + 1);
    onRead();
  };
  if (code.status !== "live") return <EmptyState compact icon="info" title={words("noPictureYet")} />;
  if (isMissing) {
    return (
      <EmptyState
        compact
        icon="warning"
        title={words("noPicture")}
        actions={
          mayRead ? (
            <Button size="sm" busy={busy} onClick={() => void readAgain()}>
              {words("readAgain")}
            </Button>
          ) : null
        }
      />
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="rounded-md bg-white p-2">
        <img
          key={round}
          src={pictureUrl(code, "png")}
          alt={words("pictureOf", { name: code.name })}
          className="aspect-square w-full object-contain"
          onError={() => setMissing(true)}
        />
      </div>
      <div className="grid grid-cols-2 gap-2">
        {(["png", "svg"] as const).map((ending) => (
          <Button key={ending} size="sm" asChild>
            <a href={pictureUrl(code, ending)} download={`${code.name}.${ending}`}>
              <Icon name="download" size={13} />
              {ending.toUpperCase()}
            </a>
          </Button>
        ))}
      </div>
      <Button size="sm" asChild>
        <Link href={`/wecom/codes/print?ids=${code.id}`}>{words("print.title")}</Link>
      </Button>
    </div>
  );
}
