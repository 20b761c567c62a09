"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { useMe } from "../shell/me-provider.tsx";
import { useList } from "../ui/use-list.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import { LoadedSection } from "./loaded-section.tsx";
import { PersonDrawer } from "./person-drawer.tsx";
import { namesOf, useMappedMembers, WecomAskers } from "./person-wecom.tsx";
import { People, type Person } from "./settings-data.ts";

/** Who works here, and as what in which room. */
export function PeopleSection() {
  const words = useTranslations("settings.people");
  const wecom = useTranslations("wecomSignIn");
  const people = useLoaded("people", (signal) => request("/api/v1/people", { shape: People, signal }));
  const mapped = useMappedMembers();
  const fromWecom = (mapped.value?.members.length ?? 0) > 0;
  const [opened, setOpened] = useState<{ person: Person | null } | null>(null);
  return (
    <LoadedSection loaded={people}>
      {(value) => (
        <>
          <div className="flex items-center justify-between gap-3 pb-3">
            <p className="text-xs text-faint">{words("hint")}</p>
            <Button look="primary" onClick={() => setOpened({ person: null })}>
              <Icon name="plus" size={14} />
              {words("add")}
            </Button>
          </div>
          <WecomAskers mapped={mapped} />
          <Table label={words("heading")}>
            <Head>
              <Th className="w-40 max-sm:w-24">{words("name")}</Th>
              <Th className="w-36 max-sm:hidden">{words("username")}</Th>
              <Th>{words("roles")}</Th>
              {fromWecom ? <Th className="w-36 max-sm:hidden">{wecom("column")}</Th> : null}
              <Th className="w-24">{words("state")}</Th>
              <Th className="w-12" aria-label={words("edit")} />
            </Head>
            <tbody>
              {value.people.map((person) => (
                <PersonRow
                  key={person.id}
                  person={person}
                  wecomNames={fromWecom ? namesOf(mapped, person.id) : null}
                  onOpen={() => setOpened({ person })}
                />
              ))}
            </tbody>
          </Table>
          {opened ? (
            <PersonDrawer
              person={opened.person}
              mapped={mapped}
              onClose={() => setOpened(null)}
              onSaved={() => {
                setOpened(null);
                people.reload();
              }}
            />
          ) : null}
        </>
      )}
    </LoadedSection>
  );
}

type RowProps = { person: Person; wecomNames: readonly string[] | null; onOpen: () => void };

function PersonRow({ person, wecomNames, onOpen }: RowProps) {
  const wecom = useTranslations("wecomSignIn");
  const words = useTranslations("settings.people");
  const names = useTranslations("role");
  const list = useList();
  const { rooms } = useMe();
  const held = rooms.flatMap(({ id, name }) => {
    const roles = person.roles[id] ?? [];
    return roles.length === 0 ? [] : [`${name}: ${list(roles.map((role) => names(role)))}`];
  });
  return (
    <Tr>
      <Td className="font-medium">{person.name}</Td>
      <Td className="text-dim max-sm:hidden">{person.username ?? words("noAccount")}</Td>
      <Td className="max-w-0 truncate text-dim" title={held.join("\n")}>
        {person.owner ? <Tag shape={false}>{names("owner")}</Tag> : held.join(" · ") || words("noRoles")}
      </Td>
      {wecomNames === null ? null : (
        <Td className="truncate text-dim max-sm:hidden" title={list(wecomNames)}>
          {list(wecomNames) || wecom("none")}
        </Td>
      )}
      <Td>{person.disabled ? <Tag tone="wait">{words("disabled")}</Tag> : <Tag>{words("active")}</Tag>}</Td>
      <Td className="px-1">
        <IconButton label={words("editOf", { name: person.name })} size="iconSm" onClick={onOpen}>
          <Icon name="edit" size={13} />
        </IconButton>
      </Td>
    </Tr>
  );
}
