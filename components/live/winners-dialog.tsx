"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useSession } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import { useBusy } from "./desk.tsx";
import { useDeed, wasDone } from "./use-deed.ts";

const isId = (text: string) => /^[A-Za-z0-9][A-Za-z0-9_.:@~-]{0,79}$/.test(text);

/** Winners of a 福袋, by the ids that the platform shows, one a line; names don't go into the log. */
export function WinnersDialog({ lotteryId, onClose }: { lotteryId: string; onClose: () => void }) {
  const words = useTranslations("offers");
  const lottery = useSession((show) => show.lotteries.get(lotteryId));
  const deed = useDeed();
  const busy = useBusy(`winners:${lotteryId}`);
  const [text, setText] = useState(() => (lottery?.winners ?? []).map(({ personId }) => personId ?? "").join("\n"));
  if (!lottery) return null;
  const ids = text.split(/[\s,,、;;]+/).filter(Boolean);
  const wrong = ids.find((id) => !isId(id));
  const submit = async () => {
    if (wrong !== undefined) return;
    if (wasDone(await deed(`winners:${lotteryId}`, "lottery.recordWinners", { lotteryId, personIds: ids }))) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words("winnersTitle", { title: lottery.title })}
      footer={
        <Button look="primary" busy={busy} disabled={wrong !== undefined} onClick={() => void submit()}>
          {words("recordWinners", { count: ids.length })}
        </Button>
      }
    >
      <Field
        label={words("winnersField")}
        hint={words("winnersHint", { max: lottery.odds.winners })}
        error={wrong === undefined ? undefined : words("winnersWrong", { id: wrong })}
      >
        <Textarea autoFocus rows={8} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
    </Dialog>
  );
}
