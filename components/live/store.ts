"use client";
import { useSyncExternalStore } from "react";

/** A value outside the tree, so that a key press draws only what shows it. */
export type Store<T> = {
  readonly read: () => T;
  readonly write: (next: T) => void;
  readonly subscribe: (listener: () => void) => () => void;
};

export function createStore<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    read: () => value,
    write(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.read, store.read);
}

export function useStoreValue<T, V>(store: Store<T>, select: (value: T) => V): V {
  const read = () => select(store.read());
  return useSyncExternalStore(store.subscribe, read, read);
}
