"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Progress } from "../ui/progress.tsx";
import { Callout } from "../ui/states.tsx";
import { CheckFile } from "./check-file.tsx";
import { FileDrop } from "./file-drop.tsx";
import type { Commit, Target } from "./import-api.ts";
import { ImportEnd, ImportRunning } from "./import-end.tsx";
import { useImport } from "./use-import.ts";

/** Choose a file, look at it, take it over, see what came of it. `target` null: nobody has said yet where to. */
export function ImportFlow({
  target,
  before,
  onEnded,
}: {
  target: Target | null;
  /** Stands above the place for the file, until there is one. */
  before?: ReactNode;
  onEnded?: () => void;
}) {
  const words = useTranslations("import");
  const explain = useFailure();
  const { step, failure, choose, look, commit, reset } = useImport(target);
  const [tooLarge, setTooLarge] = useState(false);
  const [last, setLast] = useState<Commit>({});
  const ended = step.name === "ended";
  const tell = useRef(onEnded);
  tell.current = onEnded;
  useEffect(() => {
    if (ended) tell.current?.();
  }, [ended]);
  const problem = tooLarge ? words("tooLarge") : failure ? explain(failure) : null;
  return (
    <div className="flex flex-col gap-4">
      {problem ? <Callout tone="air">{problem}</Callout> : null}
      {step.name === "choose" ? before : null}
      {step.name === "choose" && step.kept ? <Kept file={step.kept} onAgain={choose} /> : null}
      {step.name === "choose" ? (
        <FileDrop
          disabled={target === null}
          onTooLarge={() => setTooLarge(true)}
          onFile={(file) => {
            setTooLarge(false);
            void choose(file);
          }}
        />
      ) : null}
      {step.name === "sending" ? (
        <div className="mx-auto flex w-full max-w-xl flex-col gap-3 py-16">
          <p className="text-sm">{words(step.share < 1 ? "sending" : "readingFile", { name: step.fileName })}</p>
          <Progress value={step.share < 1 ? step.share : null} label={words("sending", { name: step.fileName })} />
        </div>
      ) : null}
      {step.name === "check" && target ? (
        <CheckFile
          {...step}
          target={target}
          onLook={(choice) => void look(step.chosen.id, choice)}
          onBack={reset}
          onCommit={async (wanted) => {
            setLast(wanted);
            await commit(step.chosen, wanted);
          }}
        />
      ) : null}
      {step.name === "running" ? <ImportRunning state={step.state} /> : null}
      {step.name === "ended" ? (
        <ImportEnd
          state={step.state}
          isNew={target?.kind === "room"}
          onRetry={() => void commit(step.chosen, last)}
          onAgain={reset}
        />
      ) : null}
    </div>
  );
}

/** The file that did not get through is still here: it goes by itself when the network is back (use-import.ts), or at a press. */
function Kept({ file, onAgain }: { file: File; onAgain: (file: File) => Promise<void> }) {
  const words = useTranslations("import");
  return (
    <div className="flex items-center gap-3 rounded-md border px-3 py-2 text-sm">
      <span className="min-w-0 flex-1 truncate" title={file.name}>
        {words("kept", { name: file.name })}
      </span>
      <Button size="sm" onClick={() => void onAgain(file)}>
        {words("sendAgain")}
      </Button>
    </div>
  );
}
