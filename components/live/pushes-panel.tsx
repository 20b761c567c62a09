"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, type RefObject } from "react";
import { duration } from "../format/time.ts";
import { useSession, useSessionSource } from "../session/session-provider.tsx";
import { Icon } from "../ui/icon.tsx";
import { Panel } from "../ui/panel.tsx";
import { Tag } from "../ui/tag.tsx";
import { notify } from "../ui/toast.tsx";
import { useDesk, useDeskKey } from "./desk.tsx";
import { numberOf } from "./number-entry.ts";
import { useListLayer } from "./offer-layer.ts";
import { slicesNow } from "./product-acts.ts";
import { isPrepared, PUSHERS } from "./pushes/prepared.ts";
import { useOverTime } from "./show-clock.tsx";
import { useStoreValue } from "./store.ts";
import { useDeed } from "./use-deed.ts";

/** Many shows push nothing from the desk: what it draws comes with the first push, or when somebody asks for it. */
const PushBoard = dynamic(() => import("./pushes/push-board.tsx").then((module) => module.PushBoard), { ssr: false });

/** Pushes to groups and staff. `1 J` or `J 1` hands over the first prepared one; `⇧J` writes a line to the staff. */
export function PushesPanel() {
  const words = useTranslations("pushDesk");
  const hasPushes = useSession((show) => show.pushes.size > 0);
  const source = useSessionSource();
  const { layer, entry, may } = useDesk();
  const isOpen = useStoreValue(layer, (open) => open === "pushes");
  const isWriting = useStoreValue(layer, (open) => open === "pushLine");
  const off = !may(PUSHERS);
  const deed = useDeed();
  const box = useRef<HTMLDivElement>(null);
  const pick = (index: number) => {
    const row = [...(slicesNow(source)?.pushes.values() ?? [])].filter(isPrepared)[index];
    if (row) void deed(`push:${row.pushId}`, "push.handOver", { pushId: row.pushId });
    else notify({ tone: "wait", title: words("noSuchPush", { number: index + 1 }) });
  };
  const run = () => {
    const number = numberOf(entry.read());
    box.current?.scrollIntoView({ block: "nearest" });
    if (number === null) return layer.write("pushes");
    entry.write({ ...entry.read(), number: "" });
    pick(number - 1);
  };
  const write = () => {
    box.current?.scrollIntoView({ block: "nearest" });
    layer.write("pushLine");
  };
  useDeskKey({ code: "KeyJ", key: "J", label: words("keyLabel"), section: "people", run, off });
  useDeskKey({ code: "Shift+KeyJ", key: "⇧J", label: words("lineKeyLabel"), section: "people", run: write, off });
  useListLayer({ layer: "pushes", isOpen, toggle: "KeyJ", pick });
  return (
    <div ref={box}>
      <Panel
        id="pushes"
        title={words("title")}
        hotkey={off ? undefined : "J"}
        aside={isOpen ? <span className="text-xs text-act-ink">{words("pickNumber")}</span> : <NextPush />}
        bodyClassName="flex flex-col gap-1.5 px-3"
      >
        {hasPushes || isOpen || isWriting ? (
          <PushBoard isPicking={isOpen} isWriting={isWriting} onWrite={write} />
        ) : (
          <p className="px-1 text-xs text-faint">{words(off ? "none" : "noneHint")}</p>
        )}
      </Panel>
      <Owed panel={box} />
    </div>
  );
}

/** While the panel stands below the fold, who has not sent is said at its edge. It lies over the column, so that nothing moves when it comes. */
function Owed({ panel }: { panel: RefObject<HTMLElement | null> }) {
  const words = useTranslations("pushDesk");
  const { unsentStaff, unknownTasks } = useSession((show) => show.pushBoard);
  const isSeen = useIsSeen(panel);
  if (isSeen || unsentStaff + unknownTasks === 0) return null;
  return (
    <button
      type="button"
      className="absolute inset-x-0 bottom-0 z-10 flex h-8 items-center justify-center gap-2 border-y border-wait-edge bg-[#241a08] text-sm font-semibold text-wait-ink"
      onClick={() => panel.current?.scrollIntoView({ block: "start" })}
    >
      {unknownTasks > 0 ? words("owedUnknown", { count: unknownTasks }) : words("owed", { count: unsentStaff })}
      <Icon name="chevronDown" size={12} />
    </button>
  );
}

/** Whether its heading is in sight, which says the same. */
function useIsSeen(panel: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    const found = panel.current?.querySelector("h2");
    if (!found) return undefined;
    const seen = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? true), { threshold: 1 });
    seen.observe(found);
    return () => seen.disconnect();
  }, [panel]);
  return isSeen;
}

/** Who has not sent, else what goes out next. */
function NextPush() {
  const words = useTranslations("pushDesk");
  const { unsentStaff, unknownTasks, next } = useSession((show) => show.pushBoard);
  const left = useOverTime((now) => (next === null ? null : Math.floor((next.sendAt - now) / 1_000)));
  if (unknownTasks > 0) return <Tag tone="air">{words("unknownCount", { count: unknownTasks })}</Tag>;
  if (unsentStaff > 0) return <Tag tone="wait">{words("unsentStaff", { count: unsentStaff })}</Tag>;
  if (next === null || left === null || left < 0) return null;
  return (
    <span className="truncate text-xs text-dim tabular-nums" title={next.title}>
      {words("nextIn", { time: duration(left * 1_000) })}
    </span>
  );
}
