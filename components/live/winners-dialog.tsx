"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";
import { request } from "../http/request.ts";
import { useSession } from "../session/session-provider.tsx";
import type { LotteryRow } from "../session/show-slices.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Textarea } from "../ui/input.tsx";
import { notify } from "../ui/toast.tsx";
import { useBusy } from "./desk.tsx";
import { useDeed, wasDone } from "./use-deed.ts";
import { useWinnerName } from "./winner-name.ts";
import { NAME_MAX, namesIn } from "./winner-names.ts";

/** Winners of a 福袋, by the nicknames that the platform shows. The log gets ids; names come back masked. */
export function WinnersDialog({ lotteryId, onClose }: { lotteryId: string; onClose: () => void }) {
  const lottery = useSession((show) => show.lotteries.get(lotteryId));
  return lottery ? <Winners lottery={lottery} onClose={onClose} /> : null;
}

function Winners({ lottery, onClose }: { lottery: LotteryRow; onClose: () => void }) {
  const words = useTranslations("offers");
  const [text, setText] = useState("");
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const recorded = lottery.winners.flatMap(({ personId }) => personId ?? []);
  const kept = recorded.filter((id) => !removed.has(id));
  const added = namesIn(text);
  const { busy, record } = useRecord(lottery.lotteryId, recorded);
  const max = lottery.odds.winners;
  const tooLong = added.find((name) => name.length > NAME_MAX);
  const wrong =
    tooLong !== undefined
      ? words("winnerTooLong", { name: `${tooLong.slice(0, 12)}…` })
      : added.length > max
        ? words("winnersTooMany", { count: added.length, max })
        : undefined;
  const submit = async () => {
    if (await record(kept, added)) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words("winnersTitle", { title: lottery.title })}
      footer={
        <Button
          look="primary"
          busy={busy}
          disabled={wrong !== undefined || (added.length === 0 && kept.length === recorded.length)}
          onClick={() => void submit()}
        >
          {recorded.length === 0 ? words("recordWinners", { count: added.length }) : words("saveWinners")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={words("winnersField")} hint={words("winnersHint", { max })} error={wrong}>
          <Textarea autoFocus rows={6} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <WinnerList
          prizes={lottery.prizes}
          kept={kept}
          added={added}
          onRemove={(id) => setRemoved(new Set(removed).add(id))}
        />
      </div>
    </Dialog>
  );
}

const Named = z.object({ personIds: z.array(z.string()) });

/** Gets ids for the names, then records all; `recorded` is what this person saw, so nobody's entry is overwritten unseen. */
function useRecord(lotteryId: string, recorded: readonly string[]) {
  const deed = useDeed();
  const explain = useFailure();
  const sessionId = useSession((show) => show.session.sessionId);
  const isSending = useBusy(`winners:${lotteryId}`);
  const [asking, setAsking] = useState(false);
  const record = async (kept: readonly string[], names: readonly string[]): Promise<boolean> => {
    let added: readonly string[] = [];
    if (names.length > 0) {
      setAsking(true);
      const path = `/api/v1/sessions/${sessionId}/persons`;
      const reply = await request(path, { method: "POST", body: { names }, shape: Named });
      setAsking(false);
      if (!reply.ok) {
        notify({ tone: "air", title: explain(reply.failure) });
        return false;
      }
      added = reply.value.personIds;
    }
    // A name that stands among the recorded ones already is the same person.
    const personIds = [...new Set([...kept, ...added])];
    const expect = { personIds: [...recorded] };
    return wasDone(await deed(`winners:${lotteryId}`, "lottery.recordWinners", { lotteryId, personIds }, { expect }));
  };
  return { busy: isSending || asking, record };
}

type ListProps = {
  prizes: LotteryRow["prizes"];
  kept: readonly string[];
  added: readonly string[];
  onRemove: (personId: string) => void;
};

/** Who gets what as it would be recorded: the recorded ones first, then the pasted ones in their order. */
function WinnerList({ prizes, kept, added, onRemove }: ListProps) {
  const words = useTranslations("offers");
  const nameOf = useWinnerName();
  const prizeOf = prizes.flatMap(({ name, count }) => Array.from({ length: count }, () => name));
  const rows = [
    ...kept.map((id) => ({ id, name: nameOf({ personId: id, pseudonym: null }) })),
    ...added.map((name) => ({ id: null, name })),
  ];
  if (rows.length === 0) return null;
  return (
    <ol aria-label={words("winnersList")} className="flex max-h-64 flex-col overflow-y-auto text-sm">
      {rows.map(({ id, name }, index) => (
        <li key={id ?? `new:${name}`} className="flex min-h-8 items-center gap-3 border-b">
          <span className="w-6 text-right text-xs text-faint tabular-nums">{index + 1}</span>
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="truncate text-xs text-faint">{prizeOf[index]}</span>
          {id === null ? (
            <span className="size-7 shrink-0" />
          ) : (
            <IconButton label={words("removeWinner", { name })} size="iconSm" onClick={() => onRemove(id)}>
              <Icon name="close" size={12} />
            </IconButton>
          )}
        </li>
      ))}
    </ol>
  );
}
