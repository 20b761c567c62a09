"use client";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Block } from "#domain/landing/blocks.ts";
import { useDesk } from "../../live/desk.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useNarrow } from "../../ui/use-narrow.ts";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { useWarmupPlace } from "../warmup-place.tsx";
import { BlockEditor } from "./block-editor.tsx";
import { BlockList } from "./block-list.tsx";
import { LandingBar } from "./landing-bar.tsx";
import { PhoneFrame } from "./phone-frame.tsx";
import { SettingsEditor } from "./settings-editor.tsx";
import { placeOf, useLandingDraft, useLandingFaults } from "./use-landing.ts";
import { useTemplate } from "./use-template.ts";

/** The page that every link opens: its blocks, the one that is written, and how a phone shows it. */
export function LandingTab() {
  const disabled = !useDesk().may(PAGE_PLANNERS);
  const draft = useLandingDraft();
  const { thing, open } = useWarmupPlace();
  const findings = useLandingFindings();
  const marks = useMarks();
  const [typed, setTyped] = useState<Block | null>(null);
  const narrow = useNarrow();
  // Where there is room for it, something is open from the start.
  const chosenId = thing ?? (narrow ? null : (draft.blocks[0]?.blockId ?? null));
  const chosen = draft.blocks.find(({ blockId }) => blockId === chosenId);
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone what is written stands below the list.
    if (narrow && thing !== null) editor.current?.scrollIntoView({ block: "start" });
  }, [narrow, thing]);
  const shown = useMemo(
    () => ({
      ...draft,
      blocks: typed ? draft.blocks.map((block) => (block.blockId === typed.blockId ? typed : block)) : draft.blocks,
    }),
    [draft, typed],
  );
  const choose = (id: string) => open("landing", id);
  return (
    <div className="flex min-h-full flex-col xl:h-full">
      <LandingBar blocks={draft.blocks} findings={findings} disabled={disabled} onChoose={choose} />
      <div className="grid min-h-0 flex-1 md:grid-cols-[280px_minmax(0,1fr)] xl:grid-cols-[300px_minmax(0,1fr)_440px]">
        <div className="border-r px-3 pt-2 pb-8 max-md:border-r-0 max-md:border-b xl:overflow-y-auto">
          <BlockList blocks={draft.blocks} chosen={chosenId} marks={marks} disabled={disabled} onChoose={choose} />
          <Template isEmpty={draft.blocks.length === 0} disabled={disabled} />
        </div>
        <div ref={editor} className="px-6 py-4 max-sm:px-3 xl:overflow-y-auto xl:pb-24">
          {thing === "settings" ? (
            <SettingsEditor settings={draft.settings} findings={findings} disabled={disabled} />
          ) : chosen ? (
            <BlockEditor
              key={chosen.blockId}
              block={chosen}
              blocks={draft.blocks}
              findings={findings.filter(({ where }) => where.id === chosen.blockId)}
              disabled={disabled}
              onTyping={setTyped}
              onRemoved={() => open("landing")}
            />
          ) : (
            <Nothing isEmpty={draft.blocks.length === 0} disabled={disabled} />
          )}
        </div>
        <div className="border-l px-4 pt-3 pb-3 max-xl:col-span-full max-xl:border-t max-xl:border-l-0 max-xl:pb-24 xl:overflow-y-auto">
          <PhoneFrame draft={shown} />
        </div>
      </div>
    </div>
  );
}

function useLandingFindings() {
  const findings = useSession((show) => show.complianceFindings);
  return useMemo(() => [...findings.values()].filter(({ where }) => where.kind === "landing"), [findings]);
}

/** Blocks about which something is wrong, by their id. */
function useMarks(): ReadonlyMap<string, "block" | "warn"> {
  const findings = useLandingFindings();
  const faults = useLandingFaults();
  return useMemo(() => {
    const marks = new Map<string, "block" | "warn">();
    for (const { severity, accepted, where } of findings) {
      if (accepted === null && marks.get(where.id) !== "block") marks.set(where.id, severity);
    }
    for (const fault of faults) {
      const place = placeOf(fault);
      if (place !== null) marks.set(place, "block");
    }
    return marks;
  }, [findings, faults]);
}

function Nothing({ isEmpty, disabled }: { isEmpty: boolean; disabled: boolean }) {
  const words = useTranslations("warmupPlan.landing");
  const begin = useTemplate();
  if (!isEmpty) return <EmptyState compact icon="edit" title={words("choose")} />;
  return (
    <EmptyState
      icon="edit"
      title={words("emptyTitle")}
      text={words("emptyText")}
      actions={
        <Button look="primary" disabled={disabled} onClick={() => void begin()}>
          {words("useTemplate")}
        </Button>
      }
    />
  );
}

/** Another beginning, where there is one already. */
function Template({ isEmpty, disabled }: { isEmpty: boolean; disabled: boolean }) {
  const words = useTranslations("warmupPlan.landing");
  const begin = useTemplate();
  const [asking, setAsking] = useState(false);
  if (isEmpty) return null;
  return (
    <>
      <Button size="sm" look="ghost" className="mt-4" disabled={disabled} onClick={() => setAsking(true)}>
        {words("useTemplate")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={words("replaceTitle")}
        confirmLabel={words("useTemplate")}
        onConfirm={begin}
      >
        {words("replaceText")}
      </ConfirmDialog>
    </>
  );
}
