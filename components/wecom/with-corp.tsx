"use client";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { LoadedSection } from "../settings/loaded-section.tsx";
import { useMe } from "../shell/me-provider.tsx";
import { Select } from "../ui/select.tsx";
import { StartSteps } from "./connection/start-steps.tsx";
import { type CorpName, useRoomChoices } from "./corp-names.ts";
import { wecomRightsOf } from "./wecom-rights.ts";

export type OfCorp = {
  readonly corp: CorpName;
  /** Which company is looked at; nothing where there is one only. */
  readonly picker: ReactNode;
};

/** Pages are of one company; without any they lead to the connection. */
export function WithCorp({ children }: { children: (of: OfCorp) => ReactNode }) {
  const words = useTranslations("wecomDesk");
  const choices = useRoomChoices();
  const rights = wecomRightsOf(useMe());
  const [wanted, setWanted] = useState<string | null>(null);
  return (
    <LoadedSection loaded={choices}>
      {({ corps }) => {
        const corp = corps.find(({ id }) => id === wanted) ?? corps[0];
        if (!corp) return <StartSteps mayConnect={rights.manage} />;
        const picker =
          corps.length > 1 ? (
            <Select
              className="w-48"
              aria-label={words("corp")}
              value={corp.id}
              onChange={setWanted}
              options={corps.map(({ id, name }) => ({ value: id, label: name }))}
            />
          ) : null;
        return children({ corp, picker });
      }}
    </LoadedSection>
  );
}
