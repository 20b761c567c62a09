"use client";
import { useId, useState } from "react";
import { ActButton } from "../act-button.tsx";
import { Card } from "../card.tsx";
import { useShow, useStore, useViewer, useWords } from "../viewer-context.tsx";
import type { Failure } from "../viewer-api.ts";
import { signIn } from "./warmup-api.ts";
import { useWarmupWords } from "./warmup-words.ts";

const NAME_MAX = 20;

/** In a rehearsal one phone is many people's, one after the other. */
export function BeSomebodyElse() {
  return useShow().slices.session.rehearsal ? <DemoSignIn /> : null;
}

/** Rehearsals only: anybody by any name, so that a team can try out being many. */
export function DemoSignIn() {
  const words = useWarmupWords();
  const { tryAgain } = useWords();
  const store = useStore();
  const { me } = useViewer();
  const { memory, sessionId } = store;
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const field = useId();
  const isKnown = me !== null && !me.anonymous;
  const go = async () => {
    setBusy(true);
    const answer = await signIn(sessionId, memory.token(), { name: name.trim() });
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    memory.keepSelf({ name: answer.value.name ?? name.trim(), avatar: answer.value.avatar });
    store.noteSignIn(null, answer.value.token);
    setName("");
  };
  return (
    <Card title={words.demoTitle}>
      <p className="text-sm text-dim">{isKnown ? words.signedInAs(memory.self().name) : words.demoWhy}</p>
      <form
        className="mt-2 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() && !busy) void go();
        }}
      >
        <label htmlFor={field} className="min-w-40 flex-1 text-sm">
          {words.demoName}
          <input
            id={field}
            value={name}
            maxLength={NAME_MAX}
            autoComplete="off"
            className="mt-1 min-h-11 w-full rounded-xl border bg-white px-3 text-base"
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <ActButton busy={busy} disabled={!name.trim()} onPress={() => void go()}>
          {busy ? words.demoBusy : words.demoGo}
        </ActButton>
      </form>
      {failure ? (
        <p role="alert" className="mt-2 rounded-lg bg-act-soft px-3 py-2 text-sm text-brand">
          {failure.kind === "lost" ? tryAgain : words.signInErrors.other}
        </p>
      ) : null}
    </Card>
  );
}
