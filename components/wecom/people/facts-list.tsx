"use client";
import { useTranslations } from "next-intl";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { FactRow } from "./fact-row.tsx";
import { type Fact, Facts } from "./people-data.ts";

export function FactsList({ state, onOpen }: { state: Fact["state"]; onOpen: (contactId: string) => void }) {
  const words = useTranslations("wecomDesk.people");
  const path = `/api/v1/wecom/identities/facts?state=${state}`;
  const loaded = useLoaded(path, (signal) => request(path, { shape: Facts, signal }));
  return (
    <LoadedSection loaded={loaded}>
      {({ facts }) =>
        facts.length === 0 ? (
          <EmptyState icon="check" title={words(`noFacts.${state}`)} />
        ) : (
          <ul aria-label={words(`tab.${state}`)}>
            {facts.map((fact) => (
              <FactRow key={fact.id} fact={fact} onChanged={loaded.reload} onOpen={onOpen} />
            ))}
          </ul>
        )
      }
    </LoadedSection>
  );
}
