"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Loaded } from "../../http/use-loaded.ts";
import { Segmented } from "../../ui/tabs.tsx";
import type { WarmupTotals } from "../warmup-data.ts";
import { BoardPart, WhenLoaded } from "./board-part.tsx";
import { GroupTable } from "./group-table.tsx";
import { MemberTable } from "./member-table.tsx";

const KINDS = ["groups", "members"] as const;
type Kind = (typeof KINDS)[number];

/** Which group and which member brings whom. */
export function PeoplePart({ totals, className }: { totals: Loaded<WarmupTotals>; className?: string }) {
  const words = useTranslations("warmupBoard");
  const [kind, setKind] = useState<Kind>("groups");
  return (
    <BoardPart
      title={words(`${kind}.title`)}
      {...(className ? { className } : {})}
      aside={
        <Segmented
          label={words("people")}
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({ value, label: words(`${value}.title`) }))}
        />
      }
    >
      <WhenLoaded loaded={totals}>
        {(value) => (
          <>
            {kind === "groups" ? <GroupTable rows={value.byGroup} /> : <MemberTable rows={value.byMember} />}
            <p className="pt-1.5 text-xs text-faint">{words("follows")}</p>
          </>
        )}
      </WhenLoaded>
    </BoardPart>
  );
}
