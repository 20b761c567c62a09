"use client";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { VirtualRows } from "../../ui/virtual-rows.tsx";
import { TargetTag } from "../status-tag.tsx";
import { loadTargets, targetsPath, type Target, type TargetsAsked } from "./load-targets.ts";

const ROW_PX = 32;

/** Groups or customers with what became of each. `version` changes when there is news of them. */
export function TargetList({ asked, version, label }: { asked: TargetsAsked; version: string; label: string }) {
  const words = useTranslations("push.targets");
  const loaded = useLoaded(targetsPath(asked), (signal) => loadTargets(asked, signal), version);
  return (
    <LoadedSection loaded={loaded}>
      {({ targets, total }) =>
        targets.length === 0 ? (
          <p className="px-3 py-4 text-xs text-faint">{words("none")}</p>
        ) : (
          <>
            <div className="flex flex-col" style={{ height: Math.min(targets.length, 10) * ROW_PX }}>
              <VirtualRows
                label={label}
                className="flex-1"
                rowHeight={ROW_PX}
                items={targets}
                idOf={({ id, taskId }) => `${taskId} ${id}`}
                renderRow={(target) => <TargetLine target={target} />}
              />
            </div>
            {total > targets.length ? (
              <p className="px-3 py-1 text-xs text-faint">
                {words("more", { shown: count(targets.length), total: count(total) })}
              </p>
            ) : null}
          </>
        )
      }
    </LoadedSection>
  );
}

function TargetLine({ target: { id, name, state, at } }: { target: Target }) {
  const words = useTranslations("push");
  const shown = name ?? words(id.startsWith("g_") ? "unnamedGroup" : "unnamed", { id: id.slice(-4) });
  return (
    <div className="flex h-8 items-center gap-3 px-3 text-sm">
      <span className="min-w-0 flex-1 truncate" title={shown}>
        {shown}
      </span>
      {at === null ? null : <span className="shrink-0 text-xs text-faint tabular-nums">{dayTime(at)}</span>}
      <TargetTag state={state} />
    </div>
  );
}
