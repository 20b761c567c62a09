"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { useMe, useReloadMe } from "../shell/me-provider.tsx";
import { useList } from "../ui/use-list.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { LoadedSection } from "./loaded-section.tsx";
import { SavingDialog } from "./saving-dialog.tsx";
import { type Room, Rooms } from "./settings-data.ts";

/** 直播间: names, the roles that products have there, the words counted in comments. */
export function RoomsSection() {
  const words = useTranslations("settings.rooms");
  const list = useList();
  const me = useMe();
  const reloadMe = useReloadMe();
  const rooms = useLoaded("rooms", (signal) => request("/api/v1/rooms", { shape: Rooms, signal }));
  const [opened, setOpened] = useState<{ room: Room | null } | null>(null);
  const mayEdit = (room: Room) => me.owner || room.roles.includes("manager");
  const add = me.owner ? (
    <Button look="primary" onClick={() => setOpened({ room: null })}>
      <Icon name="plus" size={14} />
      {words("add")}
    </Button>
  ) : null;
  return (
    <LoadedSection loaded={rooms}>
      {(value) => (
        <>
          <div className="flex justify-end pb-3">{add}</div>
          {value.rooms.length === 0 ? (
            <EmptyState title={words("emptyTitle")} text={words("emptyText")} />
          ) : (
            <Table label={words("heading")}>
              <Head>
                <Th className="w-60">{words("name")}</Th>
                <Th>{words("productRoles")}</Th>
                <Th className="w-60">{words("commentKeywords")}</Th>
                <Th className="w-12" aria-label={words("edit")} />
              </Head>
              <tbody>
                {value.rooms.map((room) => (
                  <Tr key={room.id}>
                    <Td className="max-w-60 truncate font-medium" title={room.name}>
                      {room.name}
                    </Td>
                    <Td className="max-w-0 truncate text-dim">{list(room.productRoles)}</Td>
                    <Td className="max-w-60 truncate text-dim">{list(room.commentKeywords)}</Td>
                    <Td className="px-1">
                      {mayEdit(room) ? (
                        <IconButton
                          label={words("editOf", { name: room.name })}
                          size="iconSm"
                          onClick={() => setOpened({ room })}
                        >
                          <Icon name="edit" size={13} />
                        </IconButton>
                      ) : null}
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
          {opened ? (
            <RoomDialog
              room={opened.room}
              onClose={() => setOpened(null)}
              onSaved={() => {
                setOpened(null);
                rooms.reload();
                reloadMe();
              }}
            />
          ) : null}
        </>
      )}
    </LoadedSection>
  );
}

const linesOf = (text: string) => [
  ...new Set(
    text
      .split(/[\n,,、]+/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

function RoomDialog({ room, onClose, onSaved }: { room: Room | null; onClose: () => void; onSaved: () => void }) {
  const words = useTranslations("settings.rooms");
  const [name, setName] = useState(room?.name ?? "");
  const [roles, setRoles] = useState(room ? room.productRoles.join("\n") : words("defaultRoles").split(" ").join("\n"));
  const [keywords, setKeywords] = useState(
    room ? room.commentKeywords.join("\n") : words("defaultKeywords").split(" ").join("\n"),
  );
  return (
    <SavingDialog
      title={room ? room.name : words("add")}
      isReady={name.trim() !== ""}
      ask={() => ({
        path: room ? `/api/v1/rooms/${room.id}` : "/api/v1/rooms",
        method: room ? "PATCH" : "POST",
        body: { name: name.trim(), productRoles: linesOf(roles), commentKeywords: linesOf(keywords) },
      })}
      onClose={onClose}
      onSaved={onSaved}
    >
      <Field label={words("name")} required>
        <Input autoFocus maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={words("productRoles")} hint={words("productRolesHint")}>
        <Textarea rows={6} value={roles} onChange={(event) => setRoles(event.target.value)} />
      </Field>
      <Field label={words("commentKeywords")} hint={words("commentKeywordsHint")}>
        <Textarea rows={4} value={keywords} onChange={(event) => setKeywords(event.target.value)} />
      </Field>
    </SavingDialog>
  );
}
