import type { Failure, Reply } from "./request.ts";

/** What has been loaded, and for which question: a list of one week is not the list of the next. */
export type LoadedState<T> = {
  /** The last answer; it stays while its own question, or another one, is asked. */
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  /** The question that `value` answers; `null`: nothing was answered yet. */
  readonly key: string | null;
};

export const nothingLoaded: LoadedState<never> = { value: null, failure: null, loading: true, key: null };

export const loadingAgain = <T>(before: LoadedState<T>): LoadedState<T> => ({ ...before, loading: true });

/** After a failure an older answer to the same question still stands; one to another question would be shown under the wrong name. */
export function answered<T>(before: LoadedState<T>, key: string, reply: Reply<T>): LoadedState<T> {
  if (reply.ok) return { value: reply.value, failure: null, loading: false, key };
  return { value: before.key === key ? before.value : null, failure: reply.failure, loading: false, key };
}
