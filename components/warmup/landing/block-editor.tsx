"use client";
import { useTranslations } from "next-intl";
import { PARTS, type Block, type Part } from "#domain/landing/blocks.ts";
import type { ComplianceRow } from "#domain/compliance/state.ts";
import { Conflict, SaveMark } from "../../plan/saved-field.tsx";
import { useAct } from "../../session/use-act.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Callout } from "../../ui/states.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { useUndoable } from "../use-undoable.ts";
import { BlockFields } from "./block-fields.tsx";
import { endOfPart } from "./block-order.ts";
import { FindingNotes } from "./finding-notes.tsx";
import { useBlockDraft } from "./use-block-draft.ts";

type Props = {
  block: Block;
  blocks: readonly Block[];
  findings: readonly ComplianceRow[];
  disabled: boolean;
  onTyping: (typed: Block | null) => void;
  onRemoved: () => void;
};

/** One block, saved as it is written. */
export function BlockEditor({ block: live, blocks, findings, disabled, onTyping, onRemoved }: Props) {
  const words = useTranslations("warmupPlan.landing");
  const { block, saved, incomplete, change, commit } = useBlockDraft(live, onTyping);
  const act = useAct();
  const undoable = useUndoable();
  const at = blocks.findIndex(({ blockId }) => blockId === live.blockId);
  const toPart = (part: Part) => {
    const position = endOfPart(blocks, part, live.blockId);
    void act("landing.putBlock", { block: { ...live, part }, position }, { expect: { block: live } });
  };
  const remove = async () => {
    const title = words("done.removed", { title: live.title || words(`kind.${live.kind}`) });
    if (await undoable("landing.removeBlock", { blockId: live.blockId }, { title })) onRemoved();
  };
  return (
    <section aria-label={words("blockName", { kind: words(`kind.${block.kind}`), title: block.title })}>
      <header className="flex flex-wrap items-center gap-3 pb-3">
        <h2 className="text-base font-semibold">{words(`kind.${block.kind}`)}</h2>
        <span className="text-xs text-faint">{words("positionOf", { at: at + 1, all: blocks.length })}</span>
        <SaveMark status={saved.status} />
        <Button size="sm" look="ghost" className="ml-auto" disabled={disabled} onClick={() => void remove()}>
          {words("removeBlock")}
        </Button>
      </header>
      <div
        className="flex flex-col gap-4"
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) commit();
        }}
      >
        <Conflict
          saved={saved}
          show={(theirs: Block) => theirs.title || words(`kind.${theirs.kind}`)}
          who={undefined}
        />
        {saved.error === null ? null : <Callout tone="air">{words("couldNotSave", { reason: saved.error })}</Callout>}
        {incomplete ? <Callout tone="wait">{words("incomplete")}</Callout> : null}
        <FindingNotes findings={findings} />
        <BlockFields block={block} disabled={disabled} onChange={change} />
        <Field label={words("partField")}>
          <Segmented
            label={words("partField")}
            value={live.part}
            onChange={(part) => !disabled && part !== live.part && toPart(part)}
            options={PARTS.map((part) => ({ value: part, label: words(`part.${part}`) }))}
          />
        </Field>
      </div>
    </section>
  );
}
