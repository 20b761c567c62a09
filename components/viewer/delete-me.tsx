"use client";
import { useState } from "react";
import { ActButton } from "./act-button.tsx";
import { forgetCame } from "./came-by.ts";
import { clear, intoView } from "./into-view.ts";
import { useInnerWords } from "./inner-words.ts";
import { useStore, useViewer } from "./viewer-context.tsx";
import { deleteMe } from "./warmup/warmup-api.ts";

/** The person's right to be forgotten. Asks once, and says what goes with it. */
export function DeleteMe() {
  const words = useInnerWords();
  const { tryAgainLater } = words;
  const store = useStore();
  const { me } = useViewer();
  const [state, setState] = useState<"ready" | "asked" | "busy" | "failed" | "done">("ready");
  const token = store.memory.token();
  const go = async () => {
    if (token === null) return;
    setState("busy");
    const answer = await deleteMe(store.sessionId, token);
    // Whoever is nobody here already is forgotten.
    if (!answer.ok && answer.failure.kind !== "denied") return setState("failed");
    store.forget();
    forgetCame(store.sessionId);
    setState("done");
  };
  if (state === "done") {
    return (
      <p role="status" className="rounded-2xl bg-card p-4 text-base">
        {words.deleted}
      </p>
    );
  }
  if (me === null || token === null) return null;
  if (state === "ready") {
    return (
      <button
        type="button"
        className="block min-h-11 px-1 text-sm text-dim underline underline-offset-4"
        onClick={() => setState("asked")}
      >
        {words.deleteMe}
      </button>
    );
  }
  return (
    <div ref={intoView} role="group" aria-label={words.deleteMe} className={`${clear} rounded-2xl bg-card p-4`}>
      <p className="text-base">{words.deleteAsk}</p>
      {state === "failed" ? (
        <p ref={intoView} role="alert" className={`${clear} mt-2 text-sm text-brand`}>
          {tryAgainLater}
        </p>
      ) : null}
      <div className="mt-3 flex flex-wrap gap-3">
        <ActButton onPress={() => setState("ready")}>{words.keepMe}</ActButton>
        <ActButton look="solid" busy={state === "busy"} onPress={() => void go()}>
          {state === "busy" ? words.deleting : words.deleteDo}
        </ActButton>
      </div>
    </div>
  );
}
