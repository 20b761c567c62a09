"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { count } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { addWayName, Identities, type Unresolved } from "./people-data.ts";

type Props = {
  corpId: string;
  /** Null: evidence is for managers. */
  onOpen: ((contactId: string) => void) | null;
};

/** Customers of whom nobody knows which viewer or buyer they are. */
export function UnresolvedList({ corpId, onOpen }: Props) {
  const words = useTranslations("wecomDesk.people");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const path = `/api/v1/wecom/identities?corp=${corpId}`;
  const loaded = useLoaded(path, (signal) => request(path, { shape: Identities, signal }));
  const [busy, setBusy] = useState(false);
  const more = async (page: Identities) => {
    setBusy(true);
    const reply = await request(`${path}&cursor=${encodeURIComponent(page.cursor ?? "")}`, { shape: Identities });
    setBusy(false);
    if (reply.ok) loaded.set({ ...reply.value, unresolved: [...page.unresolved, ...reply.value.unresolved] });
    else notify({ tone: "air", title: explain(reply.failure) });
  };
  return (
    <LoadedSection loaded={loaded}>
      {(page) => (
        <>
          <Counts counts={page.counts} />
          {page.unresolved.length === 0 ? (
            <EmptyState
              icon={page.counts.all === 0 ? "user" : "check"}
              title={words(page.counts.all === 0 ? "nobodyTitle" : "allKnownTitle")}
              text={words(page.counts.all === 0 ? "nobodyText" : "allKnownText")}
              actions={page.counts.all === 0 ? <ToGroups /> : null}
            />
          ) : (
            <WideTable label={words("tab.unresolved")}>
              <Head>
                <Th>{words("customer")}</Th>
                <Th className="w-72">{words("reason")}</Th>
                <Th className="w-56">{words("addWay")}</Th>
                <Th className="w-32">{words("firstSeenAt")}</Th>
              </Head>
              <tbody>
                {page.unresolved.map((one) => (
                  <UnresolvedRow key={one.id} one={one} onOpen={onOpen} />
                ))}
              </tbody>
            </WideTable>
          )}
          {page.cursor === null ? null : (
            <Button className="self-center" busy={busy} onClick={() => void more(page)}>
              {ui("more")}
            </Button>
          )}
        </>
      )}
    </LoadedSection>
  );
}

function ToGroups() {
  const words = useTranslations("wecomDesk.people");
  return (
    <Button asChild>
      <Link href="/wecom/groups">{words("toGroups")}</Link>
    </Button>
  );
}

function Counts({ counts }: { counts: Identities["counts"] }) {
  const words = useTranslations("wecomDesk.people");
  const shown = [
    ["all", counts.all],
    ["resolved", counts.resolved],
    ["noPerson", counts.noPerson],
    ["noUnionid", counts.noUnionid],
  ] as const;
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt className="text-xs text-faint">{words(`counts.${name}`)}</dt>
          <dd className="text-xl font-semibold tabular-nums">{count(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function UnresolvedRow({ one, onOpen }: { one: Unresolved } & Pick<Props, "onOpen">) {
  const words = useTranslations("wecomDesk.people");
  const way = one.addWay === null ? null : addWayName(one.addWay);
  const wayText =
    one.addWay === null ? "–" : way === null ? words("addWayOther", { number: one.addWay }) : words(`addWays.${way}`);
  const name = one.name ?? words("nameless");
  return (
    <Tr>
      <Td className="max-w-0 truncate font-medium">
        {onOpen ? (
          <button type="button" className="max-w-full truncate hover:underline" onClick={() => onOpen(one.id)}>
            {name}
          </button>
        ) : (
          name
        )}
      </Td>
      <Td>
        {/* That somebody never came to a show is nothing to see to. */}
        <Tag tone={one.reason === "noPerson" ? "plain" : "wait"}>{words(`reasons.${one.reason}`)}</Tag>
      </Td>
      <Td className="max-w-0 truncate text-dim">
        {wayText}
        {one.channelsName === null ? "" : ` · ${one.channelsName}`}
      </Td>
      <Td className="text-dim tabular-nums">{dayTime(one.firstSeenAt)}</Td>
    </Tr>
  );
}
