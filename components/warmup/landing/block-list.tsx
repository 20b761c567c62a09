"use client";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { BLOCK_KINDS, PARTS, type Block, type Part } from "#domain/landing/blocks.ts";
import { randomId } from "../../http/random-id.ts";
import { useAct } from "../../session/use-act.ts";
import { cn } from "../../ui/cn.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { SortableItem, SortableList, type Move } from "../../ui/sortable-list.tsx";
import { ToneShape } from "../../ui/tag.tsx";
import { endOfPart, partAt } from "./block-order.ts";
import { canBegin, newBlock } from "./new-block.ts";
import { useBeginning } from "./use-beginning.ts";

type Props = {
  blocks: readonly Block[];
  chosen: string | null;
  /** Blocks about which something is wrong: `block` keeps the page from being published. */
  marks: ReadonlyMap<string, "block" | "warn">;
  disabled: boolean;
  onChoose: (id: string) => void;
};

/** The page from above: three parts, each with its blocks, in the order in which viewers meet them. */
export function BlockList({ blocks, chosen, marks, disabled, onChoose }: Props) {
  const words = useTranslations("warmupPlan.landing");
  const act = useAct();
  const byId = new Map(blocks.map((block) => [block.blockId, block]));
  const move = ({ id, ids }: Move) => {
    const block = byId.get(id);
    if (!block) return;
    const moved = { ...block, part: partAt(ids, id, byId) };
    void act("landing.putBlock", { block: moved, position: ids.indexOf(id) }, { expect: { block } });
  };
  return (
    <nav aria-label={words("blocks")} className="flex flex-col gap-1">
      <Row id="settings" isChosen={chosen === "settings"} mark={marks.get("settings")} onChoose={onChoose}>
        <Icon name="settings" size={13} className="shrink-0 text-faint" />
        <span className="truncate">{words("settings")}</span>
      </Row>
      <SortableList ids={blocks.map(({ blockId }) => blockId)} onMove={move} disabled={disabled}>
        {PARTS.map((part) => {
          const inPart = blocks.filter((block) => block.part === part);
          return (
            <Fragment key={part}>
              <PartHead part={part} blocks={blocks} disabled={disabled} onAdded={onChoose} />
              {inPart.length === 0 ? (
                <p className="px-3 py-1.5 text-xs text-faint">{words("partEmpty")}</p>
              ) : (
                inPart.map((block) => (
                  <BlockRow
                    key={block.blockId}
                    block={block}
                    isChosen={chosen === block.blockId}
                    mark={marks.get(block.blockId)}
                    onChoose={onChoose}
                  />
                ))
              )}
            </Fragment>
          );
        })}
      </SortableList>
    </nav>
  );
}

type RowProps = {
  block: Block;
  isChosen: boolean;
  mark: "block" | "warn" | undefined;
  onChoose: (id: string) => void;
};

function BlockRow({ block, isChosen, mark, onChoose }: RowProps) {
  const words = useTranslations("warmupPlan.landing");
  const ui = useTranslations("ui");
  const kind = words(`kind.${block.kind}`);
  return (
    <SortableItem id={block.blockId} label={ui("dragToSort", { name: `${kind} ${block.title}` })}>
      <Row id={block.blockId} isChosen={isChosen} mark={mark} onChoose={onChoose}>
        <span className="shrink-0 text-sm">{kind}</span>
        <span className="truncate text-xs text-faint">{block.title || words("untitled")}</span>
      </Row>
    </SortableItem>
  );
}

type ChoiceProps = Omit<RowProps, "block"> & { id: string; children: ReactNode };

function Row({ id, isChosen, mark, onChoose, children }: ChoiceProps) {
  const words = useTranslations("warmupPlan.landing");
  return (
    <button
      type="button"
      aria-current={isChosen || undefined}
      onClick={() => onChoose(id)}
      className={cn(
        "flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover",
        isChosen && "bg-picked text-ink",
      )}
    >
      {children}
      {mark ? (
        <span
          className={cn("ml-auto shrink-0", mark === "block" ? "text-air-ink" : "text-wait-ink")}
          title={words("problemHere")}
        >
          <ToneShape tone={mark === "block" ? "air" : "wait"} />
          <span className="sr-only">{words("problemHere")}</span>
        </span>
      ) : null}
    </button>
  );
}

type PartProps = { part: Part; blocks: readonly Block[]; disabled: boolean; onAdded: (id: string) => void };

function PartHead({ part, blocks, disabled, onAdded }: PartProps) {
  const words = useTranslations("warmupPlan.landing");
  const act = useAct();
  const beginning = useBeginning();
  const add = async (kind: Block["kind"]) => {
    const block = newBlock(kind, part, { ...beginning, newId: randomId });
    if (await act("landing.putBlock", { block, position: endOfPart(blocks, part) })) onAdded(block.blockId);
  };
  const items = BLOCK_KINDS.map((kind) => ({
    label: (
      <span className="flex max-w-64 flex-col py-0.5">
        <span>{words(`kind.${kind}`)}</span>
        <span className="text-2xs text-faint">{words(`kindHint.${kind}`)}</span>
      </span>
    ),
    disabled: !canBegin(kind, beginning),
    onSelect: () => void add(kind),
  }));
  return (
    <div className="flex items-center gap-2 px-2 pt-3">
      <h3 className="text-xs font-semibold text-dim">{words(`part.${part}`)}</h3>
      <span className="min-w-0 flex-1 truncate text-2xs text-faint">{words(`partHint.${part}`)}</span>
      <Menu items={items}>
        <Button
          size="sm"
          look="ghost"
          disabled={disabled}
          aria-label={words("addTo", { part: words(`part.${part}`) })}
          title={words("addTo", { part: words(`part.${part}`) })}
        >
          <Icon name="plus" size={12} />
        </Button>
      </Menu>
    </div>
  );
}
