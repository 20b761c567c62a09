"use client";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { WAVE_TEMPLATE_NAMES, type WaveTemplate } from "#domain/wave/templates.ts";
import { useDesk } from "../../live/desk.tsx";
import { PushDeskProvider } from "../../push/push-desk.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useNarrow } from "../../ui/use-narrow.ts";
import { useUndoable } from "../use-undoable.ts";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { useWarmupPlace } from "../warmup-place.tsx";
import { BeatList } from "./beat-list.tsx";
import { BeatsDialog } from "./beats-dialog.tsx";
import { CellDrawer, type NewCell } from "./cell-drawer.tsx";
import { Overdue } from "./overdue.tsx";
import { WaveBar } from "./wave-bar.tsx";
import { WaveGrid } from "./wave-grid.tsx";

/** 浪潮: what goes out by which channel in which beat, who does it, and what it brought. */
export function WavesTab() {
  return (
    <PushDeskProvider>
      <Waves />
    </PushDeskProvider>
  );
}

function Waves() {
  const words = useTranslations("warmupPlan.waves");
  const beats = useSession((show) => show.waves.beats);
  const cells = useSession((show) => show.waveCells);
  const mayPlan = useDesk().may(PAGE_PLANNERS);
  const hasEnded = useSession((show) => show.session.endedAt !== null);
  const narrow = useNarrow();
  const { thing, open } = useWarmupPlace();
  const [adding, setAdding] = useState<NewCell | null>(null);
  const [editingBeats, setEditingBeats] = useState(false);
  // What is over is looked at, not planned.
  const rest = { mayPlan: mayPlan && !hasEnded, onOpen: (cellId: string) => open("waves", cellId), onAdd: setAdding };
  return (
    <div className="flex flex-col gap-3 px-6 pt-3 pb-24 max-sm:px-3">
      {beats.length === 0 ? (
        <EmptyState
          icon="calendar"
          title={words("emptyTitle")}
          text={words("emptyText")}
          actions={<Templates mayPlan={mayPlan} primary />}
        />
      ) : (
        <>
          <WaveBar>
            <Button size="sm" look="ghost" disabled={!mayPlan} onClick={() => setEditingBeats(true)}>
              {words("editBeats")}
            </Button>
            {hasEnded ? null : <Templates mayPlan={mayPlan} />}
          </WaveBar>
          {hasEnded ? null : <Overdue mayPlan={mayPlan} />}
          {narrow ? <BeatList {...rest} /> : <WaveGrid {...rest} />}
        </>
      )}
      {adding ? <CellDrawer opening={{ as: "new", ...adding }} onClose={() => setAdding(null)} /> : null}
      {thing !== null && cells.has(thing) ? (
        <CellDrawer key={thing} opening={{ as: "edit", cellId: thing }} onClose={() => open("waves")} />
      ) : null}
      {editingBeats ? <BeatsDialog onClose={() => setEditingBeats(false)} /> : null}
    </div>
  );
}

function Templates({ mayPlan, primary = false }: { mayPlan: boolean; primary?: boolean }) {
  const words = useTranslations("warmupPlan.waves");
  const readsChinese = useLocale() === "zh-CN";
  const undoable = useUndoable();
  const layOut = (template: WaveTemplate) =>
    void undoable(
      "wave.useTemplate",
      { template, ...(readsChinese ? {} : { language: "en" }) },
      { title: words("laidOut") },
    );
  if (primary) {
    return WAVE_TEMPLATE_NAMES.map((template, at) => (
      <Button key={template} look={at === 0 ? "primary" : "plain"} disabled={!mayPlan} onClick={() => layOut(template)}>
        {words(`templateOf.${template}`)}
      </Button>
    ));
  }
  return (
    <Menu
      items={WAVE_TEMPLATE_NAMES.map((template) => ({
        label: words(`templateOf.${template}`),
        onSelect: () => layOut(template),
      }))}
    >
      <Button size="sm" disabled={!mayPlan}>
        {words("template")}
        <Icon name="chevronDown" size={12} />
      </Button>
    </Menu>
  );
}
