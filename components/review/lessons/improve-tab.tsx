"use client";
import { ImprovementsPanel } from "./improvements-panel.tsx";
import { LessonsPanel } from "./lessons-panel.tsx";
import { TriedPanel } from "./tried-panel.tsx";

/** 改进: whether last time's improvements worked, what the next show does otherwise, and what is watched for from now on. */
export function ImproveTab() {
  return (
    <div className="mx-auto grid max-w-[1280px] gap-x-10 gap-y-8 px-6 py-5 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-8">
        <TriedPanel />
        <ImprovementsPanel />
      </div>
      <LessonsPanel />
    </div>
  );
}
