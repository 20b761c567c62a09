"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { PHASES } from "./phases.ts";
import { Button } from "../ui/button.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Select } from "../ui/select.tsx";
import { isFiltered, NO_FILTER, type ShowFilter } from "./show-list.ts";

export function ShowFilters({
  filter,
  onChange,
  rooms,
}: {
  filter: ShowFilter;
  onChange: (filter: ShowFilter) => void;
  rooms: readonly { readonly id: string; readonly name: string }[];
}) {
  const words = useTranslations("shows");
  const phases = useTranslations("phase");
  const search = useCallback((q: string) => onChange({ ...filter, q }), [filter, onChange]);
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField className="w-56" label={words("search")} value={filter.q} onChange={search} />
      <Select
        className="w-44"
        aria-label={words("filterRoom")}
        value={filter.room}
        onChange={(room) => onChange({ ...filter, room })}
        options={[
          { value: "", label: words("allRooms") },
          ...rooms.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        className="w-32"
        aria-label={words("filterPhase")}
        value={filter.phase}
        onChange={(phase) => onChange({ ...filter, phase })}
        options={[
          { value: "", label: words("allPhases") },
          ...PHASES.map((phase) => ({ value: phase, label: phases(phase) })),
        ]}
      />
      <Select
        className="w-48"
        aria-label={words("filterKind")}
        value={filter.rehearsal}
        onChange={(rehearsal) => onChange({ ...filter, rehearsal })}
        options={[
          { value: "", label: words("allKinds") },
          { value: "false", label: words("realOnly") },
          { value: "true", label: words("rehearsalsOnly") },
        ]}
      />
      {isFiltered(filter) ? (
        <Button look="ghost" onClick={() => onChange(NO_FILTER)}>
          {words("clearFilters")}
        </Button>
      ) : null}
    </div>
  );
}
