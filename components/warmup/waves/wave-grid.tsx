"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { dayTime } from "../../format/time.ts";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useBeats, useCells } from "../plan-words.ts";
import { CellCard } from "./cell-card.tsx";
import { cellsAt, channelOrder, gridOf } from "./cell-state.shape.ts";
import type { NewCell } from "./cell-drawer.tsx";

export type WavesProps = {
  mayPlan: boolean;
  onOpen: (cellId: string) => void;
  onAdd: (cell: NewCell) => void;
};

/** Channels down, beats along: one look says what is missing where. */
export function WaveGrid({ mayPlan, onOpen, onAdd }: WavesProps) {
  const words = useTranslations("warmupPlan.waves");
  const beats = useBeats();
  const cells = useCells();
  const { grid, channels } = useMemo(() => {
    const all = [...cells.values()];
    return { grid: gridOf(all), channels: channelOrder(all) };
  }, [cells]);
  return (
    <div className="overflow-x-auto">
      <table aria-label={words("grid")} className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-10 w-28 min-w-28 border-b bg-page px-2 text-left text-xs font-normal text-faint"
            >
              {words("allChannels")}
            </th>
            {beats.map(({ beatId, title, goal, through, cells: all, firstAt }) => (
              <th
                key={beatId}
                scope="col"
                className="min-w-52 border-b border-l px-2 py-1.5 text-left align-top font-normal"
              >
                <span className="flex items-baseline gap-2">
                  <span className="truncate text-sm font-semibold" title={title}>
                    {title}
                  </span>
                  <span
                    className={
                      through === all && all > 0 ? "shrink-0 text-xs text-sure-ink" : "shrink-0 text-xs text-dim"
                    }
                  >
                    {words("through", { done: through, all })}
                  </span>
                </span>
                <span className="block truncate text-xs text-faint" title={goal}>
                  {goal || (firstAt === null ? "" : dayTime(firstAt))}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel}>
              <th
                scope="row"
                className="sticky left-0 z-10 border-b bg-page px-2 py-2 text-left align-top text-xs font-medium text-dim"
              >
                {words(`channel.${channel}`)}
              </th>
              {beats.map(({ beatId, title }) => {
                const here = cellsAt(grid, beatId, channel);
                return (
                  <td key={beatId} className="group/cell border-b border-l p-1 align-top">
                    <div className="flex flex-col gap-1">
                      {here.map((cell) => (
                        <CellCard key={cell.cellId} cell={cell} onOpen={() => onOpen(cell.cellId)} />
                      ))}
                      {mayPlan ? (
                        <IconButton
                          label={words("addCellIn", { beat: title, channel: words(`channel.${channel}`) })}
                          size="iconSm"
                          className="h-6 w-full text-faint opacity-40 group-hover/cell:opacity-100 focus-visible:opacity-100"
                          onClick={() => onAdd({ beatId, channel })}
                        >
                          <Icon name="plus" size={12} />
                        </IconButton>
                      ) : null}
                    </div>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
