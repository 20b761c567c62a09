import { randomId } from "../http/random-id.ts";
import { asShow, isRecord } from "./viewer-data.ts";
import { firstState, type ViewerState, type ViewerStore } from "./viewer-store.ts";
import { openVisitorMemory } from "./visitor-memory.ts";

/**
 * The page as the team's editor shows it, in a frame of its own: what it shows comes from the editor, nothing is asked of the server, nothing
 * is kept, and a press does nothing. Messages: out `{kaibo: "previewReady"}`, in `{kaibo: "preview", show}`.
 */
export function createPreviewStore(sessionId: string): ViewerStore {
  let state = firstState;
  const listeners = new Set<() => void>();
  const change = (part: Partial<ViewerState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const nothing = () => undefined;
  return {
    memory: openVisitorMemory(sessionId, null, randomId),
    sessionId,
    read: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      const hear = (event: MessageEvent<unknown>) => {
        if (event.origin !== location.origin || event.source !== window.parent) return;
        if (!isRecord(event.data) || event.data["kaibo"] !== "preview") return;
        const show = asShow(event.data["show"]);
        if (show) change({ show, clockOffsetMs: show.now - Date.now() });
      };
      window.addEventListener("message", hear);
      document.addEventListener("click", stayHere, true);
      window.parent.postMessage({ kaibo: "previewReady" }, location.origin);
      return () => {
        window.removeEventListener("message", hear);
        document.removeEventListener("click", stayHere, true);
      };
    },
    act: () => Promise.resolve(),
    noteSignIn: nothing,
    forget: nothing,
    refresh: nothing,
  };
}

/** Parts of the page may be opened; another page would take its place in the frame. */
function stayHere(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link && !link.getAttribute("href")?.startsWith("#")) event.preventDefault();
}
