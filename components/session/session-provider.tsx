"use client";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { useTranslations } from "next-intl";
import type { CommandInput, CommandType } from "#domain/ops/index.ts";
import { ownSender } from "./sender-name.ts";
import type { ShowSlices } from "./show-slices.ts";
import { sendCommand, type SendOptions } from "./send-command.ts";
import type { Connection, OnlinePerson, Sent, SessionReading, SessionSource } from "./source.ts";
import type { ViewState } from "./view-state.ts";

const SourceContext = createContext<SessionSource | null>(null);

/**
 * Gives the parts below it one show. `create` runs once when mounted; the source is closed when unmounted.
 * Another show is another provider: give it a `key`.
 */
export function SessionProvider({
  create,
  children,
  fallback = null,
}: {
  create: () => SessionSource;
  children: ReactNode;
  fallback?: ReactNode;
}) {
  const [source, setSource] = useState<SessionSource | null>(null);
  const first = useRef(create);
  useEffect(() => {
    const made = first.current();
    setSource(made);
    return () => made.close();
  }, []);
  return source ? <SourceContext.Provider value={source}>{children}</SourceContext.Provider> : fallback;
}

export function useSessionSource(): SessionSource {
  const source = useContext(SourceContext);
  if (!source) throw new Error("no SessionProvider above");
  return source;
}

/** Part of the reading beside the view: connection, who is online, names. Draws again only when that part changed. */
function useReading<T>(select: (reading: SessionReading) => T): T {
  const source = useSessionSource();
  return useSyncExternalStore(
    source.subscribe,
    () => select(source.read()),
    () => select(source.read()),
  );
}

/** Whether there is something to show yet. Panels with `useSession` stand below a check of this. */
export const useHasView = (): boolean => useReading((reading) => reading.view !== null);
export const useConnection = (): Connection => useReading((reading) => reading.connection);
export const useOnline = (): readonly OnlinePerson[] => useReading((reading) => reading.online);
export const useComments = (): Readonly<Record<string, string>> => useReading((reading) => reading.comments);

/** The only place that says what the slices are: they come from our own server of the same build, shaped by the ops' slices. */
export const slicesOf = (view: ViewState) => view.slices as ShowSlices;

/**
 * What a panel needs of the show, and nothing more: it draws again only when `select` gives another value.
 * Select slices, rows or figures by reference; for a new array or object each time pass `same`.
 */
export function useSession<T>(select: (slices: ShowSlices) => T, same: (a: T, b: T) => boolean = Object.is): T {
  const source = useSessionSource();
  const kept = useRef<{ view: ViewState; select: (slices: ShowSlices) => T; value: T } | null>(null);
  const read = () => {
    const { view } = source.read();
    if (!view) throw new Error("useSession before the first snapshot: stand below useHasView");
    const before = kept.current;
    if (before && before.view === view && before.select === select) return before.value;
    const next = select(slicesOf(view));
    const value = before && same(before.value, next) ? before.value : next;
    kept.current = { view, select, value };
    return value;
  };
  return useSyncExternalStore(source.subscribe, read, read);
}

export type Send = <T extends CommandType>(type: T, input: CommandInput<T>, options?: SendOptions) => Promise<Sent>;

/** Sends commands of this show; typed by the registry. For refusals shown by themselves see `useAct` in use-act.ts. */
export function useSend(): Send {
  const source = useSessionSource();
  return useCallback<Send>((type, input, options) => sendCommand(source, type, input, options), [source]);
}

/** Looks up who `by` is: `staff:p_…`, `program:rehearsal` and the like. `undefined`: a person who was deleted or is unknown. */
export function useNames(): (by: string) => string | undefined {
  const names = useReading((reading) => reading.names);
  const words = useTranslations("sender");
  return useCallback(
    (by) => {
      const own = ownSender(by);
      return names[by.slice(by.indexOf(":") + 1)] ?? (own ? words(own) : undefined);
    },
    [names, words],
  );
}

/** The show's now by the server's clock, ms, without drawing again. */
export function useServerClock(): () => number {
  const source = useSessionSource();
  return useCallback(() => Date.now() + (source.read().clockOffsetMs ?? 0), [source]);
}

/** The server's now, drawn again every `everyMs`, on the whole step, so that all countdowns turn together. */
export function useServerNow(everyMs = 1_000): number {
  const clock = useServerClock();
  const [now, setNow] = useState(clock);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const turn = () => {
      const at = clock();
      setNow(at);
      timer = setTimeout(turn, everyMs - (at % everyMs) + 1);
    };
    turn();
    return () => clearTimeout(timer);
  }, [clock, everyMs]);
  return now;
}
