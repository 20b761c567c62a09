"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { count } from "../../format/money.ts";
import { day, dayTime } from "../../format/time.ts";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { useList } from "../../ui/use-list.ts";
import { Drawer } from "../../ui/dialog.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Callout } from "../../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { useAge } from "./age.ts";
import { GroupDetail, type Source } from "./group-data.ts";
import { GroupMembers } from "./group-members.tsx";
import { GrowthBars } from "./growth-bars.tsx";

/** One group beside the list: how it grew, how people came, who is in it. */
export function GroupDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useTranslations("wecomDesk.groups");
  const path = `/api/v1/wecom/groups/${id}`;
  const loaded = useLoaded(path, (signal) => request(path, { shape: GroupDetail, signal }));
  const name = loaded.value?.name;
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={onClose}
      title={name === undefined ? words("detail") : name === "" ? words("unnamed") : name}
    >
      <LoadedSection loaded={loaded}>{(group) => <Detail group={group} />}</LoadedSection>
    </Drawer>
  );
}

function Detail({ group }: { group: GroupDetail }) {
  const words = useTranslations("wecomDesk.groups");
  const list = useList();
  const ages = useAge();
  const [openedAt] = useState(() => Date.now());
  const [which, setWhich] = useState<"in" | "left">("in");
  const { growth } = group;
  const facts: readonly (readonly [string, string])[] = [
    [words("owner"), group.ownerName ?? "–"],
    [words("purpose"), words(`purposes.${group.purpose ?? "none"}`)],
    [words("people"), group.size === null ? words("neverRead") : count(group.size)],
    [words("customers"), group.customers === null ? "–" : count(group.customers)],
    [words("createdAt"), group.createdAt === null ? "–" : day(group.createdAt)],
    [words("tag"), list(group.tags) || "–"],
  ];
  return (
    <div className="flex flex-col gap-6">
      {group.dismissedAt === null ? null : (
        <Callout tone="wait">{words("goneAt", { time: dayTime(group.dismissedAt) })}</Callout>
      )}
      {group.readFailure === null ? null : (
        <Callout tone="air">{words("readFailed", { reason: group.readFailure })}</Callout>
      )}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
        {facts.map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="text-xs text-faint">{label}</dt>
            <dd className="truncate text-sm" title={value}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <p className="-mt-3 text-xs text-faint">
        {group.readAt === null
          ? words("neverReadLong")
          : words("readAgo", { time: dayTime(group.readAt), ago: ages(openedAt - group.readAt) })}
        {group.changing ? ` ${words("changingLong")}` : ""}
      </p>
      <section aria-label={words("growth")}>
        <h3 className="pb-2 text-sm font-semibold text-dim">{words("growth")}</h3>
        <GrowthBars days={growth.days} label={words("growth")} />
        <p className="mt-1 text-xs text-faint">{words("knownSince", { time: dayTime(growth.knownSince) })}</p>
      </section>
      <Sources sources={growth.sources} />
      <section aria-label={words("members")} className="flex flex-col gap-2">
        <div className="flex items-center justify-between">
          <h3 className="text-sm font-semibold text-dim">{words("members")}</h3>
          <Segmented
            label={words("members")}
            value={which}
            onChange={setWhich}
            options={[
              { value: "in", label: words("stillIn") },
              { value: "left", label: words("leftGroup") },
            ]}
          />
        </div>
        <GroupMembers key={which} groupId={group.id} which={which} />
      </section>
    </div>
  );
}

function Sources({ sources }: { sources: readonly Source[] }) {
  const words = useTranslations("wecomDesk.groups");
  return (
    <section aria-label={words("sources")}>
      <h3 className="pb-1 text-sm font-semibold text-dim">{words("sources")}</h3>
      {sources.length === 0 ? (
        <EmptyState compact title={words("noSources")} />
      ) : (
        <Table label={words("sources")}>
          <Head>
            <Th className="bg-raised">{words("scene")}</Th>
            <Th className="bg-raised">{words("by")}</Th>
            <Th numeric className="w-20 bg-raised">
              {words("joined")}
            </Th>
            <Th numeric className="w-20 bg-raised">
              {words("still")}
            </Th>
          </Head>
          <tbody>
            {sources.map(({ scene, name, codeId, invitorId, joins, still }) => (
              <Tr key={`${scene} ${codeId} ${invitorId}`}>
                <Td>{words(`scenes.${scene}`)}</Td>
                <Td className="max-w-0 truncate text-dim" title={name ?? undefined}>
                  {name ?? "–"}
                </Td>
                <Td numeric>{count(joins)}</Td>
                <Td numeric>{count(still)}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}
