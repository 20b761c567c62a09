"use client";
import { createStore, type Store } from "../../live/store.ts";

/** Files chosen on this machine, by recording: addresses that live as long as the page. Nothing of them is sent anywhere. */
const files: Store<ReadonlyMap<string, string>> = createStore<ReadonlyMap<string, string>>(new Map());

export const heldFiles = files;

export function holdFile(recordingId: string, file: File): void {
  const before = files.read().get(recordingId);
  if (before) URL.revokeObjectURL(before);
  files.write(new Map(files.read()).set(recordingId, URL.createObjectURL(file)));
}
