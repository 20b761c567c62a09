"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { PushRow } from "#domain/push/rows.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { useDesk } from "../desk.tsx";
import { LineForm } from "./line-form.tsx";
import { ComingPush } from "./coming-push.tsx";
import { PUSHERS } from "./prepared.ts";
import { PreparedPush } from "./prepared-push.tsx";
import { pushLists } from "./push-lists.ts";
import { UnderwayPush } from "./underway-push.tsx";

/** So many of those that went out stay in sight; the others stand on the page of pushes. */
const GONE_SHOWN = 2;
const COMING_SHOWN = 4;

type Props = { isPicking: boolean; isWriting: boolean; onWrite: () => void };

/** All pushes of the show by what there is to do: write one, send a prepared one, wait for those that come, see who has not sent. */
export function PushBoard({ isPicking, isWriting, onWrite }: Props) {
  const words = useTranslations("pushDesk");
  const { may, layer } = useDesk();
  const pushes = useSession((show) => show.pushes);
  const sessionId = useSession((show) => show.session.sessionId);
  const { prepared, coming, underway, done } = useMemo(() => pushLists(pushes.values()), [pushes]);
  const numbers = new Map(prepared.map(({ pushId }, index) => [pushId, index + 1]));
  const gone = prepared.filter(({ rounds }) => rounds > 0);
  const shownGone = new Set(gone.slice(-GONE_SHOWN));
  const rows = prepared.filter((row) => row.rounds === 0 || shownGone.has(row));
  const rest = Math.max(0, coming.length - COMING_SHOWN);
  const close = () => {
    if (layer.read() === "pushLine") layer.write(null);
  };
  return (
    <>
      {!may(PUSHERS) ? null : isWriting ? (
        <LineForm onClose={close} />
      ) : (
        <Button size="sm" hotkey="⇧J" onClick={onWrite}>
          {words("writeLine")}
        </Button>
      )}
      {underway.map((row) => (
        <UnderwayPush key={row.pushId} row={row} />
      ))}
      {rows.map((row) => (
        <PreparedPush key={row.pushId} row={row} number={numbers.get(row.pushId) ?? 0} isPicking={isPicking} />
      ))}
      {coming.slice(0, COMING_SHOWN).map((row) => (
        <ComingPush key={row.pushId} row={row} />
      ))}
      <footer className="flex items-center gap-3 px-1 text-xs text-faint">
        <Counted rows={done} rest={rest} />
        <Link className="ml-auto text-act-ink hover:underline" href={`/shows/${sessionId}/pushes`}>
          {words("toPage")}
        </Link>
      </footer>
    </>
  );
}

function Counted({ rows, rest }: { rows: readonly PushRow[]; rest: number }) {
  const words = useTranslations("pushDesk");
  const said = [
    ...(rest > 0 ? [words("moreComing", { count: rest })] : []),
    ...(rows.length > 0 ? [words("doneCount", { count: rows.length })] : []),
  ];
  return <span>{said.join(" · ")}</span>;
}
