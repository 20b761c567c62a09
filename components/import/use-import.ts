"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Failure, Reply } from "../http/request.ts";
import {
  commitImport,
  giveUp,
  importState,
  lookAgain,
  uploadFile,
  type Choice,
  type Commit,
  type ImportState,
  type Preview,
  type Target,
} from "./import-api.ts";

export type Chosen = { readonly id: string; readonly name: string; readonly size: number };
export type Step =
  /** `kept`: a file that did not get through. */
  | { readonly name: "choose"; readonly kept?: File }
  /** `share`: how much of the file is through; 1 while the server reads it. */
  | { readonly name: "sending"; readonly fileName: string; readonly share: number }
  | {
      readonly name: "check";
      readonly chosen: Chosen;
      readonly preview: Preview;
      readonly choice: Choice;
      readonly looking: boolean;
    }
  | { readonly name: "running"; readonly chosen: Chosen; readonly state: ImportState }
  | { readonly name: "ended"; readonly chosen: Chosen; readonly state: ImportState };

const POLL_MS = 400;

/** One file from the hand to the show. What went wrong stands beside the step that it went wrong in; nothing is lost by it. */
export function useImport(target: Target | null) {
  const [step, setStep] = useState<Step>({ name: "choose" });
  const [failure, setFailure] = useState<Failure | null>(null);
  const round = useRef(0);
  /** What the network kept from getting through; done again when it is back. */
  const again = useRef<(() => void) | null>(null);
  useEffect(() => {
    const online = () => again.current?.();
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, []);
  const runningId = step.name === "running" ? step.chosen.id : null;
  useEffect(() => {
    if (runningId === null) return;
    return follow(runningId, (state) => {
      setStep((now) =>
        now.name === "running" ? { ...now, name: state.state === "running" ? "running" : "ended", state } : now,
      );
    });
  }, [runningId]);

  const choose = useCallback(
    async function send(file: File) {
      if (!target) return;
      const mine = (round.current += 1);
      setFailure(null);
      setStep({ name: "sending", fileName: file.name, share: 0 });
      const reply = await uploadFile(target, file, (share) => {
        if (mine === round.current) setStep({ name: "sending", fileName: file.name, share });
      });
      if (mine !== round.current) return;
      again.current = reply.ok ? null : whenBack(reply.failure, () => void send(file));
      if (!reply.ok) {
        setFailure(reply.failure);
        const { kind } = reply.failure;
        return setStep({ name: "choose", ...(kind === "offline" || kind === "retry" ? { kept: file } : {}) });
      }
      const { id, preview } = reply.value;
      setStep({
        name: "check",
        chosen: { id, name: file.name, size: file.size },
        preview,
        choice: { kind: preview.kind },
        looking: false,
      });
    },
    [target],
  );

  const look = useCallback(async function readAs(id: string, choice: Choice) {
    const mine = (round.current += 1);
    setFailure(null);
    setStep((now) => (now.name === "check" ? { ...now, choice, looking: true } : now));
    const reply = await lookAgain(id, choice);
    if (mine !== round.current) return;
    again.current = reply.ok ? null : whenBack(reply.failure, () => void readAs(id, choice));
    if (!reply.ok) setFailure(reply.failure);
    setStep((now) => {
      if (now.name !== "check") return now;
      return reply.ok ? { ...now, preview: reply.value, looking: false } : { ...now, looking: false };
    });
  }, []);

  const commit = useCallback(async function take(chosen: Chosen, wanted: Commit) {
    const mine = (round.current += 1);
    setFailure(null);
    const reply = await committed(chosen.id, wanted);
    if (mine !== round.current) return;
    again.current = reply.ok ? null : whenBack(reply.failure, () => void take(chosen, wanted));
    if (reply.ok) setStep({ name: "running", chosen, state: reply.value });
    else setFailure(reply.failure);
  }, []);

  const reset = useCallback(() => {
    round.current += 1;
    again.current = null;
    setFailure(null);
    setStep((now) => {
      if (now.name === "check") void giveUp(now.chosen.id);
      return { name: "choose" };
    });
  }, []);
  return { step, failure, choose, look, commit, reset };
}

const whenBack = (failure: Failure, act: () => void) => (failure.kind === "offline" ? act : null);

/** An earlier try may have got through and only its answer have been lost. */
async function committed(id: string, wanted: Commit): Promise<Reply<ImportState>> {
  const reply = await commitImport(id, wanted);
  const isIn = !reply.ok && (reply.failure.code === "import.underWay" || reply.failure.code === "import.done");
  return isIn ? importState(id, new AbortController().signal) : reply;
}

/** Asks until the import has ended; a server that does not answer is asked again. */
function follow(id: string, onState: (state: ImportState) => void): () => void {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async () => {
    const reply = await importState(id, stop.signal).catch((cause: unknown) => {
      if (stop.signal.aborted) return null;
      throw cause;
    });
    if (stop.signal.aborted) return;
    if (reply?.ok) onState(reply.value);
    if (!reply?.ok || reply.value.state === "running") timer = setTimeout(() => void ask(), POLL_MS);
  };
  void ask();
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
