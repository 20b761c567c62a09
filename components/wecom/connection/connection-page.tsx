"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { useMe } from "../../shell/me-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { wecomRightsOf } from "../wecom-rights.ts";
import { ConnectGuide } from "./connect-guide.tsx";
import { Corps } from "./corp-data.ts";
import { CorpDialog } from "./corp-dialog.tsx";
import { CorpSection } from "./corp-section.tsx";
import { HealthLines } from "./health-lines.tsx";
import { RoomsTable } from "./rooms-table.tsx";
import { StartSteps } from "./start-steps.tsx";

/** Companies that Kaibo speaks for: apps, robots, who uses which, and what is missing. */
export function ConnectionPage() {
  const words = useTranslations("wecomDesk");
  const rights = wecomRightsOf(useMe());
  if (!rights.manage) return <EmptyState icon="lock" title={words("deniedTitle")} text={words("start.askManager")} />;
  return <Connections />;
}

function Connections() {
  const words = useTranslations("wecomDesk.connection");
  const loaded = useLoaded("wecom corps", (signal) => request("/api/v1/wecom/corps", { shape: Corps, signal }));
  const [adding, setAdding] = useState(false);
  const add = () => setAdding(true);
  return (
    <LoadedSection loaded={loaded}>
      {({ corps }) => (
        <div className="flex flex-col gap-8 px-6 pt-5 pb-20 max-sm:px-3">
          {corps.length === 0 ? (
            <StartSteps mayConnect onAdd={add} />
          ) : (
            <>
              <div className="flex flex-wrap items-start justify-between gap-3">
                <p className="max-w-[720px] text-xs text-faint">{words("hint")}</p>
                <Button onClick={add}>
                  <Icon name="plus" size={14} />
                  {words("addCorp")}
                </Button>
              </div>
              <HealthLines corps={corps} />
              {corps.map((corp) => (
                <CorpSection key={corp.id} corp={corp} onChanged={loaded.reload} />
              ))}
              <RoomsTable corps={corps} />
            </>
          )}
          <ConnectGuide open={corps.length === 0} />
          {adding ? (
            <CorpDialog
              onClose={() => setAdding(false)}
              onSaved={() => {
                setAdding(false);
                loaded.reload();
              }}
            />
          ) : null}
        </div>
      )}
    </LoadedSection>
  );
}
