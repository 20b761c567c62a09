"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DisqualifiedRow } from "#domain/warmup/invites.ts";
import { dayTime } from "../../format/time.ts";
import { useBusy, useDesk } from "../../live/desk.tsx";
import { useDeed, wasDone } from "../../live/use-deed.ts";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { JUDGES, PAGE_PLANNERS } from "../warmup-roles.ts";
import { WordsDialog } from "./words-dialog.tsx";

/** Who was taken off the board and why, what they said to it, and the way back. */
export function DisqualifiedList() {
  const words = useTranslations("invites");
  const rows = useSession((show) => show.disqualified);
  if (rows.size === 0) return null;
  const sorted = [...rows.values()].toSorted((a, b) => b.at - a.at);
  return (
    <section aria-label={words("disqualified")} className="flex flex-col gap-2 border-t pt-3">
      <h2 className="text-sm font-semibold text-dim">{words("disqualified")}</h2>
      <ul>
        {sorted.map((row) => (
          <DisqualifiedLine key={row.n} row={row} />
        ))}
      </ul>
    </section>
  );
}

function DisqualifiedLine({ row }: { row: DisqualifiedRow }) {
  const words = useTranslations("invites");
  const names = useNames();
  const deed = useDeed();
  const { may } = useDesk();
  const busy = useBusy(`reinstate:${row.personId}`);
  const [appealing, setAppealing] = useState(false);
  const { personId, reason, at, by, reinstatedAt, appeals } = row;
  const name = names(`person:${personId}`) ?? words("unnamedOf", { n: row.n });
  const isOut = reinstatedAt === null;
  const reinstate = async () => {
    const done = wasDone(await deed(`reinstate:${personId}`, "invite.reinstate", { inviterId: personId }));
    if (done) notify({ tone: "sure", title: words("reinstateDone", { name }) });
  };
  const noteAppeal = async (note: string) => {
    const done = wasDone(await deed(`appeal:${personId}`, "invite.noteAppeal", { inviterId: personId, note }));
    if (done) notify({ tone: "sure", title: words("appealDone") });
    return done;
  };
  return (
    <li className="flex flex-col gap-1 border-b py-2 text-sm last:border-0">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        {isOut ? null : <Tag tone="sure">{words("reinstatedAt", { time: dayTime(reinstatedAt) })}</Tag>}
        {appeals.length > 0 ? <Tag tone="wait">{words("appealed")}</Tag> : null}
        {may([...PAGE_PLANNERS, "service"]) ? (
          <Button size="sm" look="ghost" onClick={() => setAppealing(true)}>
            {words("appeal")}
          </Button>
        ) : null}
        {isOut && may(JUDGES) ? (
          <Button size="sm" busy={busy} onClick={() => void reinstate()}>
            {words("reinstate")}
          </Button>
        ) : null}
      </div>
      <p className="text-xs text-dim">
        {words("disqualifiedWhy", { time: dayTime(at), name: names(by) ?? words("someone"), reason })}
      </p>
      {appeals.map((appeal) => (
        <p key={appeal.at} className="text-xs text-faint">
          {words("appealOf", {
            time: dayTime(appeal.at),
            name: names(appeal.by) ?? words("someone"),
            note: appeal.note,
          })}
        </p>
      ))}
      {appealing ? (
        <WordsDialog
          title={words("appealTitle", { name })}
          text={words("appealText")}
          label={words("appealField")}
          missing={words("appealMissing")}
          submit={words("appeal")}
          onSubmit={noteAppeal}
          onClose={() => setAppealing(false)}
        />
      ) : null}
    </li>
  );
}
