"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import type { SendProps } from "./send-dialog.tsx";

/** Who may send; the server says it again. */
export const REPORT_SENDERS: ReadonlySet<string> = new Set(["owner", "manager", "operator", "community"]);

const SendDialog = dynamic(() => import("./send-dialog.tsx").then((module) => module.SendDialog), { ssr: false });

export function SendButton(props: Omit<SendProps, "onClose">) {
  const words = useTranslations("report.send");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {words("button")}
      </Button>
      {open ? <SendDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
