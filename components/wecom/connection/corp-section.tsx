"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AnyAnswer, request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { notify } from "../../ui/toast.tsx";
import { CopyValue } from "../copy-value.tsx";
import { AppsTable } from "./apps-table.tsx";
import type { Corp } from "./corp-data.ts";
import { CorpDialog } from "./corp-dialog.tsx";
import { DoctorPanel } from "./doctor-panel.tsx";
import { RobotsTable } from "./robots-table.tsx";

/** One company with all that belongs to it. */
export function CorpSection({ corp, onChanged }: { corp: Corp; onChanged: () => void }) {
  const words = useTranslations("wecomDesk.company");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  const remove = async () => {
    const reply = await request(`/api/v1/wecom/corps/${corp.id}`, { method: "DELETE", shape: AnyAnswer });
    if (reply.ok) onChanged();
    else notify({ tone: "air", title: explain(reply.failure) });
    return reply.ok;
  };
  return (
    <section aria-labelledby={`corp-${corp.id}`} className="flex flex-col gap-5">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b pb-2">
        <h2 id={`corp-${corp.id}`} className="min-w-0 truncate text-base font-semibold" title={corp.name}>
          {corp.name}
        </h2>
        <span className="flex items-center gap-1.5 text-xs text-dim">
          {words("corpId")} <CopyValue value={corp.corpId} label={words("corpId")} />
        </span>
        <span className="text-xs text-dim">
          {words("quotaRule")}: {words(`rule.${corp.quotaRule}`)}
        </span>
        <div className="ml-auto flex gap-1">
          <Button size="sm" look="ghost" onClick={() => setOpen("edit")}>
            {ui("edit")}
          </Button>
          <Button size="sm" look="ghost" onClick={() => setOpen("remove")}>
            {ui("remove")}
          </Button>
        </div>
      </header>
      <DoctorPanel corp={corp} />
      <AppsTable corp={corp} onChanged={onChanged} />
      <RobotsTable corp={corp} onChanged={onChanged} />
      {open === "edit" ? (
        <CorpDialog
          corp={corp}
          onClose={() => setOpen(null)}
          onSaved={() => {
            setOpen(null);
            onChanged();
          }}
        />
      ) : null}
      <ConfirmDialog
        open={open === "remove"}
        onOpenChange={() => setOpen(null)}
        title={words("removeTitle", { name: corp.name })}
        confirmLabel={ui("remove")}
        typed={corp.name}
        onConfirm={remove}
      >
        {words("removeText")}
      </ConfirmDialog>
    </section>
  );
}
