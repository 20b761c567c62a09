"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AnyAnswer, request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { Columns, mappingPath } from "../plan/sheet-memory.ts";
import { SHEET_FIELDS } from "../plan/sheet-fields.ts";
import { useMe } from "../shell/me-provider.tsx";
import { useFieldWords } from "../import/import-words.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { notify } from "../ui/toast.tsx";
import { LoadedSection } from "./loaded-section.tsx";

const KINDS = ["productSheet", "orders", "audience"] as const;
type Kind = (typeof KINDS)[number];

/** What the headers of a room's own files were taken for. */
export function MappingsSection() {
  const words = useTranslations("settings.mappings");
  const { rooms } = useMe();
  const [roomId, setRoomId] = useState(rooms[0]?.id ?? "");
  const [kind, setKind] = useState<Kind>("productSheet");
  return (
    <div className="flex flex-col gap-4">
      <p className="text-xs text-faint">{words("hint")}</p>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <Field label={words("room")} className="w-72">
          <Select
            value={roomId}
            onChange={setRoomId}
            options={rooms.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        {/* As high as the field beside it. */}
        <div className="flex h-8 items-center">
          <Segmented
            label={words("kindLabel")}
            value={kind}
            onChange={setKind}
            options={KINDS.map((name) => ({ value: name, label: words(`kind.${name}`) }))}
          />
        </div>
      </div>
      {roomId === "" ? null : <RoomColumns key={`${roomId} ${kind}`} roomId={roomId} kind={kind} />}
    </div>
  );
}

function RoomColumns({ roomId, kind }: { roomId: string; kind: Kind }) {
  const words = useTranslations("settings.mappings");
  const explain = useFailure();
  const path = mappingPath(roomId, kind);
  const loaded = useLoaded(path, (signal) => request(path, { shape: Columns, signal }));
  /** `null` forgets the header. */
  const change = async (header: string, field: string | null) => {
    const reply = await request(path, { method: "PUT", body: { columns: { [header]: field } }, shape: AnyAnswer });
    if (!reply.ok) return notify({ tone: "air", title: explain(reply.failure) });
    if (!loaded.value) return;
    const { [header]: _before, ...others } = loaded.value.columns;
    loaded.set({ columns: field === null ? others : { ...loaded.value.columns, [header]: field } });
  };
  return (
    <LoadedSection loaded={loaded}>
      {({ columns }) =>
        Object.keys(columns).length === 0 ? (
          <EmptyState
            compact
            title={words("emptyTitle")}
            text={words(kind === "productSheet" ? "emptyText" : "emptyFiles")}
          />
        ) : (
          <Table label={words("heading")} className="max-w-[720px]">
            <Head>
              <Th>{words("header")}</Th>
              <Th className="w-56">{words("field")}</Th>
              <Th className="w-20" aria-label={words("forget")} />
            </Head>
            <tbody>
              {Object.entries(columns).map(([header, field]) => (
                <Tr key={header}>
                  <Td className="max-w-0 truncate" title={header}>
                    {header}
                  </Td>
                  <Td className="px-1">
                    <Meaning header={header} field={field} kind={kind} onChange={(next) => void change(header, next)} />
                  </Td>
                  <Td className="px-1 text-right">
                    <Button
                      size="sm"
                      look="ghost"
                      aria-label={words("forgetOf", { header })}
                      onClick={() => void change(header, null)}
                    >
                      {words("forget")}
                    </Button>
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

type MeaningProps = { header: string; field: string; kind: Kind; onChange: (field: string) => void };

/** Columns of exports are put right where a file is at hand; here they are only forgotten. */
function Meaning({ header, field, kind, onChange }: MeaningProps) {
  const words = useTranslations("settings.mappings");
  const names = useTranslations("sheetField");
  const fileNames = useFieldWords();
  if (kind !== "productSheet")
    return <span className="px-2 text-dim">{field === "" ? words("leaveOut") : fileNames(field)}</span>;
  return (
    <Select
      size="sm"
      aria-label={header}
      value={field}
      onChange={onChange}
      options={[
        { value: "", label: words("leaveOut") },
        ...SHEET_FIELDS.map((name) => ({ value: name, label: names(name) })),
      ]}
    />
  );
}
