"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAct } from "../session/use-act.ts";
import { useNames } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { Popover } from "../ui/popover.tsx";
import { useMayPlan } from "./plan-context.tsx";

type Waiver = { readonly by: string; readonly reason: string } | null;

/** Lets a check line pass with a reason, or takes that back. */
export function WaiveButton({ lineId, waived }: { lineId: string; waived: Waiver }) {
  const words = useTranslations("plan.checks");
  const act = useAct();
  const names = useNames();
  const disabled = !useMayPlan();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  if (waived) {
    return (
      <span className="flex items-center gap-2 text-xs text-faint">
        <span className="max-w-56 truncate" title={waived.reason}>
          {names(waived.by) ?? "—"}: {waived.reason}
        </span>
        <Button size="sm" look="ghost" disabled={disabled} onClick={() => void act("check.unwaive", { lineId })}>
          {words("unwaive")}
        </Button>
      </span>
    );
  }
  const submit = async () => {
    if (reason.trim() === "") return;
    if (await act("check.waive", { lineId, reason: reason.trim() })) setOpen(false);
  };
  return (
    <Popover
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" look="ghost" disabled={disabled}>
          {words("waive")}
        </Button>
      }
    >
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Input
          autoFocus
          maxLength={200}
          value={reason}
          aria-label={words("reason")}
          placeholder={words("reason")}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" look="primary" size="sm" disabled={reason.trim() === ""}>
          {words("waive")}
        </Button>
      </form>
    </Popover>
  );
}
