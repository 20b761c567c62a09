"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { dayTime } from "../../format/time.ts";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { People, type Person } from "./group-data.ts";

/** Customers by masked names; colleagues by their own. */
export function GroupMembers({ groupId, which }: { groupId: string; which: "in" | "left" }) {
  const words = useTranslations("wecomDesk.groups");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const path = `/api/v1/wecom/groups/${groupId}/members?which=${which}`;
  const loaded = useLoaded(path, (signal) => request(path, { shape: People, signal }));
  const [busy, setBusy] = useState(false);
  const more = async ({ members, cursor }: People) => {
    setBusy(true);
    const reply = await request(`${path}&cursor=${encodeURIComponent(cursor ?? "")}`, { shape: People });
    setBusy(false);
    if (reply.ok) loaded.set({ members: [...members, ...reply.value.members], cursor: reply.value.cursor });
    else notify({ tone: "air", title: explain(reply.failure) });
  };
  return (
    <LoadedSection loaded={loaded}>
      {(page) =>
        page.members.length === 0 ? (
          <EmptyState compact icon="user" title={words(which === "in" ? "nobodyIn" : "nobodyLeft")} />
        ) : (
          <>
            <Table label={words("members")}>
              <Head>
                <Th className="bg-raised">{words("person")}</Th>
                <Th className="bg-raised">{words("scene")}</Th>
                <Th className="w-28 bg-raised">{words(which === "in" ? "joinedAt" : "leftAt")}</Th>
              </Head>
              <tbody>
                {page.members.map((person) => (
                  <Tr key={`${person.who} ${person.joinedAt}`}>
                    <Td className="max-w-0">
                      <span className="flex items-center gap-2">
                        <span className="truncate">{person.name ?? words("nameless")}</span>
                        {person.customer ? null : <Tag shape={false}>{words("colleague")}</Tag>}
                      </span>
                    </Td>
                    <Td className="max-w-0 truncate text-dim">
                      <Scene person={person} />
                    </Td>
                    <Td className="text-dim tabular-nums">{dayTime(person.leftAt ?? person.joinedAt)}</Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
            {page.cursor === null ? null : (
              <Button size="sm" className="self-center" busy={busy} onClick={() => void more(page)}>
                {ui("more")}
              </Button>
            )}
          </>
        )
      }
    </LoadedSection>
  );
}

function Scene({ person }: { person: Person }) {
  const words = useTranslations("wecomDesk.groups.scenes");
  const by = person.codeName ?? person.invitorName;
  return `${words(person.scene)}${by === null ? "" : ` · ${by}`}`;
}
