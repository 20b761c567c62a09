"use client";
import { useHost, type HostSlices } from "./host-slices.ts";

/** What lessons of earlier shows say at this cue (a page may be older or newer than the slice: then nothing). */
export function useCueNotes(cueId: string | undefined): readonly string[] {
  return useHost((show) => notesAt(show, cueId), sameNotes);
}

function notesAt({ cueNotes }: HostSlices, cueId: string | undefined): readonly string[] {
  if (!cueNotes || cueId === undefined) return [];
  return [...cueNotes.values()].flatMap(({ cueIds, note }) => (cueIds.includes(cueId) ? [note] : []));
}

const sameNotes = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((note, index) => note === b[index]);
