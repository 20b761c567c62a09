"use client";
import { ImprovementsPanel } from "../lessons/improvements-panel.tsx";
import { LessonsPanel } from "../lessons/lessons-panel.tsx";
import { TriedPanel } from "../lessons/tried-panel.tsx";

/** 改进项: written right here, while everybody is in the room. Larger on a projector. */
export function NextPage() {
  return (
    <div className="grid gap-x-10 gap-y-8 min-[1600px]:[zoom:1.3] lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-8">
        <ImprovementsPanel large />
        <TriedPanel />
      </div>
      <LessonsPanel large />
    </div>
  );
}
