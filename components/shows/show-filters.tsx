"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { PHASES } from "./phases.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { isFiltered, NO_FILTER, type ShowFilter } from "./show-list.ts";

/** Wait for a pause in typing before asking the server. */
const TYPING_MS = 250;

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
  const [text, setText] = useState(filter.q);
  useEffect(() => setText(filter.q), [filter.q]);
  useEffect(() => {
    if (text === filter.q) return;
    const timer = setTimeout(() => onChange({ ...filter, q: text }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, filter, onChange]);
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <div className="relative w-56">
        <Icon name="search" size={14} className="pointer-events-none absolute top-2.5 left-2.5 text-faint" />
        <Input
          className="pl-8"
          value={text}
          placeholder={words("search")}
          aria-label={words("search")}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
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
