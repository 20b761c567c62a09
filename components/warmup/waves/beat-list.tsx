"use client";
import { useTranslations } from "next-intl";
import { WAVE_CHANNELS } from "#domain/wave/shapes.ts";
import { Section } from "../../plan/section.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { useBeats, useCells } from "../plan-words.ts";
import { CellCard } from "./cell-card.tsx";
import type { WavesProps } from "./wave-grid.tsx";

/** On a phone: beat after beat, each with its cells in the order of their time. */
export function BeatList({ mayPlan, onOpen, onAdd }: WavesProps) {
  const words = useTranslations("warmupPlan.waves");
  const beats = useBeats();
  const cells = useCells();
  return beats.map(({ beatId, title, goal, through, cells: all }) => (
    <Section
      key={beatId}
      title={title}
      hint={words("through", { done: through, all })}
      aside={
        mayPlan ? (
          <Menu
            items={WAVE_CHANNELS.map((channel) => ({
              label: words(`channel.${channel}`),
              onSelect: () => onAdd({ beatId, channel }),
            }))}
          >
            <Button size="sm" look="ghost">
              <Icon name="plus" size={12} />
              {words("addCell")}
            </Button>
          </Menu>
        ) : null
      }
    >
      {goal === "" ? null : <p className="-mt-2 text-xs text-faint">{goal}</p>}
      <ul className="flex flex-col gap-1.5">
        {[...cells.values()]
          .filter((cell) => cell.beatId === beatId)
          .toSorted((a, b) => a.at - b.at)
          .map((cell) => (
            <li key={cell.cellId}>
              <CellCard cell={cell} withChannel onOpen={() => onOpen(cell.cellId)} />
            </li>
          ))}
      </ul>
    </Section>
  ));
}
