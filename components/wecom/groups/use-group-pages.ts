"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Failure } from "../../http/request.ts";
import { type Group, type GroupFilter, type GroupPage, loadGroups } from "./group-data.ts";

type State = { readonly page: GroupPage | null; readonly failure: Failure | null; readonly loadingMore: boolean };
const NOTHING: State = { page: null, failure: null, loadingMore: false };
/** `turn` counts wishes; `pageTurn` is the one that the page in view answers. */
const FIRST = { turn: 0, pageTurn: 0 };

export type GroupPages = State & {
  readonly reload: () => void;
  readonly more: () => void;
  /** Every group that the filter lets through; null: the server stopped answering. */
  readonly loadAll: (onProgress: (loaded: number) => void) => Promise<readonly Group[] | null>;
};

/** Groups page by page, as far as somebody has looked. What a newer wish makes stale is thrown away. */
export function useGroupPages(filter: GroupFilter): GroupPages {
  const [state, setState] = useState<State>(NOTHING);
  const [round, setRound] = useState(0);
  const key = JSON.stringify(filter);
  const current = useRef({ ...FIRST, filter, page: state.page });
  /** The next page on its way, so that two who want it ask once. */
  const underWay = useRef<Promise<GroupPage | null> | null>(null);
  current.current.filter = filter;
  current.current.page = state.page;

  useEffect(() => {
    const stop = new AbortController();
    const here = current.current;
    here.turn += 1;
    underWay.current = null;
    loadGroups(here.filter, null, stop.signal).then(
      (reply) => {
        if (stop.signal.aborted) return;
        if (reply.ok) {
          here.pageTurn = here.turn;
          here.page = reply.value;
        }
        setState((before) =>
          reply.ok
            ? { page: reply.value, failure: null, loadingMore: false }
            : { page: before.page, failure: reply.failure, loadingMore: false },
        );
      },
      (cause: unknown) => {
        if (!stop.signal.aborted) throw cause;
      },
    );
    return () => stop.abort();
  }, [key, round]);

  const fetchNext = useCallback(async (): Promise<GroupPage | null> => {
    const here = current.current;
    const { page, turn } = here;
    if (!page?.cursor) return page;
    setState((before) => ({ ...before, loadingMore: true }));
    const reply = await loadGroups(here.filter, page.cursor);
    if (here.turn !== turn) return null;
    underWay.current = null;
    if (!reply.ok) {
      setState((before) => ({ ...before, failure: reply.failure, loadingMore: false }));
      return null;
    }
    const joined = { ...reply.value, groups: [...page.groups, ...reply.value.groups] };
    here.page = joined;
    setState({ page: joined, failure: null, loadingMore: false });
    return joined;
  }, []);
  const next = useCallback((): Promise<GroupPage | null> => {
    const { page, pageTurn, turn } = current.current;
    // What is in view may answer an older wish: its cursor means nothing for the new one.
    if (pageTurn !== turn || !page?.cursor) return Promise.resolve(pageTurn === turn ? page : null);
    underWay.current ??= fetchNext();
    return underWay.current;
  }, [fetchNext]);

  const loadAll = useCallback<GroupPages["loadAll"]>(
    async (onProgress) => {
      let { page } = current.current;
      if (current.current.pageTurn !== current.current.turn) return null;
      while (page?.cursor) {
        page = await next();
        if (!page) return null;
        onProgress(page.groups.length);
      }
      return page?.groups ?? null;
    },
    [next],
  );
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const more = useCallback(() => void next(), [next]);
  return { ...state, reload, more, loadAll };
}
