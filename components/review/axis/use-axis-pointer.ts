"use client";
import { useEffect, useMemo, useRef, type PointerEvent, type RefObject } from "react";
import { moved, zoomed, type AxisWindow } from "../../charts/time-axis.shape.ts";
import type { ReplaySource } from "../../session/replay-source.ts";
import { useReview, type AxisStretch } from "../review-context.tsx";
import { floorSecond } from "../review-span.ts";
import { useAxis, type AxisState } from "./axis-store.ts";
import { createPacedSeek } from "./paced-seek.ts";

type Drag =
  | { readonly kind: "seek" }
  /** A finger that has not moved yet: a second one may come, and then it was no drag. */
  | { readonly kind: "finger"; readonly startedPx: number }
  /** `fixed`: the end of the stretch that stays. */
  | { readonly kind: "stretch"; readonly fixed: number; readonly startedPx: number }
  | { readonly kind: "pinch"; readonly window: AxisWindow; readonly apartPx: number; readonly at: number };

/** A stretch by less than this was a click. */
const CLICK_PX = 4;
/** Of a wheel's step, px, to twice as near. */
const WHEEL_TWICE_PX = 240;

export const stretchOf = (a: number, b: number): AxisStretch | null => {
  const from = floorSecond(Math.min(a, b));
  const to = floorSecond(Math.max(a, b));
  return to > from ? { from, to } : null;
};

type PointerOptions = {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly source: ReplaySource;
  readonly whole: AxisWindow;
};

/** Drag: to a second. Shift and drag, or drag a handle: a stretch. Wheel and pinch: nearer and farther; sideways: along. */
export function useAxisPointer({ box, source, whole }: PointerOptions) {
  const { window, dragged } = useAxis();
  const { stretch, setStretch } = useReview();
  const latest = useRef({ stretch, setStretch, whole });
  latest.current = { stretch, setStretch, whole };
  const handlers = useMemo(
    () => pointerHandlers({ box, source, axis: { window, dragged }, read: () => latest.current }),
    [box, source, window, dragged],
  );
  useWheel(box, whole);
  return handlers;
}

type HandlerParts = {
  readonly box: PointerOptions["box"];
  readonly source: ReplaySource;
  readonly axis: Pick<AxisState, "window" | "dragged">;
  readonly read: () => {
    readonly stretch: AxisStretch | null;
    readonly setStretch: (stretch: AxisStretch | null) => void;
    readonly whole: AxisWindow;
  };
};

function pointerHandlers({ box, source, axis, read }: HandlerParts) {
  const paced = createPacedSeek(source.seek);
  const pointers = new Map<number, number>();
  let drag: Drag | null = null;
  const left = () => box.current?.getBoundingClientRect().left ?? 0;
  const atOf = (clientX: number) => {
    const { from, to } = axis.window.read();
    const at = from + ((clientX - left()) / Math.max(1, box.current?.clientWidth ?? 1)) * (to - from);
    return Math.min(Math.max(at, read().whole.from), read().whole.to);
  };
  const seek = (clientX: number) => {
    const at = floorSecond(atOf(clientX));
    axis.dragged.write(at);
    paced.to(at);
  };
  const pinch = (): void => {
    axis.dragged.write(null);
    const [a = 0, b = 0] = [...pointers.values()];
    drag = { kind: "pinch", window: axis.window.read(), apartPx: Math.max(10, Math.abs(a - b)), at: atOf((a + b) / 2) };
  };
  const end = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (drag?.kind === "finger" && event.type === "pointerup") seek(event.clientX);
    if (drag?.kind === "seek" || drag?.kind === "finger") {
      paced.end();
      axis.dragged.write(null);
    }
    if (drag?.kind === "stretch" && Math.abs(event.clientX - drag.startedPx) < CLICK_PX) {
      const { from, to } = read().stretch ?? { from: 0, to: 0 };
      if (to - from <= 1_000) read().setStretch(null);
    }
    drag = null;
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, event.clientX);
      if (pointers.size === 2) return pinch();
      const handle = event.target instanceof Element ? event.target.closest("[data-handle]") : null;
      const held = read().stretch;
      if (handle && held) {
        const fixed = handle.getAttribute("data-handle") === "from" ? held.to : held.from;
        drag = { kind: "stretch", fixed, startedPx: event.clientX };
      } else if (event.shiftKey) {
        drag = { kind: "stretch", fixed: atOf(event.clientX), startedPx: event.clientX };
      } else if (event.pointerType === "touch") {
        drag = { kind: "finger", startedPx: event.clientX };
      } else {
        drag = { kind: "seek" };
        seek(event.clientX);
      }
    },
    onPointerMove(event: PointerEvent) {
      if (!pointers.has(event.pointerId)) return;
      pointers.set(event.pointerId, event.clientX);
      if (drag?.kind === "finger" && Math.abs(event.clientX - drag.startedPx) >= CLICK_PX) drag = { kind: "seek" };
      if (drag?.kind === "seek") seek(event.clientX);
      if (drag?.kind === "stretch" && Math.abs(event.clientX - drag.startedPx) >= CLICK_PX) {
        read().setStretch(stretchOf(drag.fixed, atOf(event.clientX)));
      }
      if (drag?.kind === "pinch") {
        const [a = 0, b = 0] = [...pointers.values()];
        const factor = drag.apartPx / Math.max(10, Math.abs(a - b));
        axis.window.write(zoomed(drag.window, read().whole, { at: drag.at, factor }));
      }
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

/** React's own wheel listener may not keep the page from scrolling. */
function useWheel(box: RefObject<HTMLDivElement | null>, whole: AxisWindow): void {
  const { window } = useAxis();
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, width } = element.getBoundingClientRect();
      const now = window.read();
      const perPx = (now.to - now.from) / Math.max(1, width);
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
        window.write(moved(now, whole, sideways * perPx));
        return;
      }
      // Lines of an old mouse are 16 px.
      const byPx = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
      window.write(
        zoomed(now, whole, { at: now.from + (event.clientX - left) * perPx, factor: 2 ** (byPx / WHEEL_TWICE_PX) }),
      );
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [box, whole, window]);
}
