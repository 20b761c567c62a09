"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMe } from "../../shell/me-provider.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { type OfCorp, WithCorp } from "../with-corp.tsx";
import { wecomRightsOf } from "../wecom-rights.ts";
import { ContactDrawer } from "./contact-drawer.tsx";
import { FactsList } from "./facts-list.tsx";
import { FACT_STATES } from "./people-data.ts";
import { UnresolvedList } from "./unresolved-list.tsx";

export function PeoplePage() {
  const words = useTranslations("wecomDesk");
  const { write } = wecomRightsOf(useMe());
  if (!write) return <EmptyState icon="lock" title={words("deniedTitle")} text={words("deniedText")} />;
  return <WithCorp>{(of) => <PeopleOf key={of.corp.id} {...of} />}</WithCorp>;
}

const TABS = ["unresolved", ...FACT_STATES] as const;
type TabName = (typeof TABS)[number];

/** Who is who among WeCom's customers, WeChat's keys and our viewers: by evidence alone, never by name. */
function PeopleOf({ corp, picker }: OfCorp) {
  const words = useTranslations("wecomDesk.people");
  const { manage } = wecomRightsOf(useMe());
  const [tab, setTab] = useState<TabName>("unresolved");
  const [openId, setOpenId] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  return (
    <div className="flex flex-col gap-4 px-6 pt-3 pb-20 max-sm:px-3">
      <div className="flex flex-wrap items-center gap-3">
        {picker}
        {manage ? (
          <div className="max-w-full overflow-x-auto">
            <Segmented
              label={words("tabs")}
              value={tab}
              onChange={setTab}
              options={TABS.map((name) => ({ value: name, label: words(`tab.${name}`) }))}
            />
          </div>
        ) : null}
      </div>
      <p className="max-w-[760px] text-xs text-faint">{words(`hint.${tab}`)}</p>
      {tab === "unresolved" ? (
        <UnresolvedList key={round} corpId={corp.id} onOpen={manage ? setOpenId : null} />
      ) : (
        <FactsList key={`${tab} ${round}`} state={tab} onOpen={setOpenId} />
      )}
      {openId === null ? null : (
        <ContactDrawer
          key={openId}
          contactId={openId}
          onClose={() => setOpenId(null)}
          onChanged={() => setRound((n) => n + 1)}
        />
      )}
    </div>
  );
}
