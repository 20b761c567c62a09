"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AnyAnswer, request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { Columns, mappingPath } from "../plan/sheet-memory.ts";
import { SHEET_FIELDS } from "../plan/sheet-fields.ts";
import { useMe } from "../shell/me-provider.tsx";
import { useFailure } from "../strings/use-refusal.ts";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { notify } from "../ui/toast.tsx";
import { LoadedSection } from "./loaded-section.tsx";

/** What the headers of a room's own product sheets were taken for. */
export function MappingsSection() {
  const words = useTranslations("settings.mappings");
  const { rooms } = useMe();
  const [roomId, setRoomId] = useState(rooms[0]?.id ?? "");
  return (
    <div className="flex max-w-[720px] flex-col gap-4">
      <Field label={words("room")} hint={words("hint")} className="max-w-72">
        <Select
          value={roomId}
          onChange={setRoomId}
          options={rooms.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      {roomId === "" ? null : <RoomColumns key={roomId} roomId={roomId} />}
    </div>
  );
}

function RoomColumns({ roomId }: { roomId: string }) {
  const words = useTranslations("settings.mappings");
  const names = useTranslations("sheetField");
  const explain = useFailure();
  const loaded = useLoaded(roomId, (signal) => request(mappingPath(roomId), { shape: Columns, signal }));
  const change = async (header: string, field: string) => {
    const reply = await request(mappingPath(roomId), {
      method: "PUT",
      body: { columns: { [header]: field } },
      shape: AnyAnswer,
    });
    if (reply.ok && loaded.value) loaded.set({ columns: { ...loaded.value.columns, [header]: field } });
    if (!reply.ok) notify({ tone: "air", title: explain(reply.failure) });
  };
  return (
    <LoadedSection loaded={loaded}>
      {({ columns }) =>
        Object.keys(columns).length === 0 ? (
          <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />
        ) : (
          <Table label={words("heading")}>
            <Head>
              <Th>{words("header")}</Th>
              <Th className="w-56">{words("field")}</Th>
            </Head>
            <tbody>
              {Object.entries(columns).map(([header, field]) => (
                <Tr key={header}>
                  <Td>{header}</Td>
                  <Td className="px-1">
                    <Select
                      size="sm"
                      aria-label={header}
                      value={field}
                      onChange={(next) => void change(header, next)}
                      options={[
                        { value: "", label: words("leaveOut") },
                        ...SHEET_FIELDS.map((name) => ({ value: name, label: names(name) })),
                      ]}
                    />
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )
      }
    </LoadedSection>
  );
}
