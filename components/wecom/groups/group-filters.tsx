"use client";
import { useTranslations } from "next-intl";
import { useCallback, type ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Select } from "../../ui/select.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { type GroupFilter, type GroupWords, isFiltered, noFilter, PURPOSES, SIZE_NAMES } from "./group-data.ts";

type Props = {
  filter: GroupFilter;
  onChange: (filter: GroupFilter) => void;
  /** Null: on their way. */
  words: GroupWords | null;
  picker: ReactNode;
};

export function GroupFilters({ filter, onChange, words: known, picker }: Props) {
  const words = useTranslations("wecomDesk.groups");
  const search = useCallback((q: string) => onChange({ ...filter, q }), [filter, onChange]);
  const groupsOf = (purpose: string | null) => known?.purposes.find(({ word }) => word === purpose)?.groups ?? 0;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {picker}
      <SearchField className="w-52" label={words("search")} value={filter.q} onChange={search} />
      <div className="w-44">
        <Combobox
          clearable
          label={words("owner")}
          placeholder={words("allOwners")}
          value={filter.owner === "" ? null : filter.owner}
          onChange={(owner) => onChange({ ...filter, owner: owner ?? "" })}
          options={(known?.owners ?? []).flatMap(({ word, name, groups }) =>
            word === null ? [] : [{ value: word, label: name ?? word, hint: words("groupCount", { count: groups }) }],
          )}
        />
      </div>
      <Select
        className="w-36"
        aria-label={words("purpose")}
        value={filter.purpose}
        onChange={(purpose) => onChange({ ...filter, purpose })}
        options={[
          { value: "", label: words("allPurposes") },
          ...PURPOSES.map((purpose) => ({
            value: purpose,
            label: words(`purposes.${purpose}`),
            hint: groupsOf(purpose),
          })),
          { value: "none" as const, label: words("purposes.none"), hint: groupsOf(null) },
        ]}
      />
      <div className="w-40">
        <Combobox
          clearable
          label={words("tag")}
          placeholder={words("allTags")}
          value={filter.tag === "" ? null : filter.tag}
          onChange={(tag) => onChange({ ...filter, tag: tag ?? "" })}
          options={(known?.tags ?? []).flatMap(({ word, groups }) =>
            word === null ? [] : [{ value: word, label: word, hint: words("groupCount", { count: groups }) }],
          )}
        />
      </div>
      <Select
        className="w-36"
        aria-label={words("size")}
        value={filter.size}
        onChange={(size) => onChange({ ...filter, size })}
        options={[
          { value: "", label: words("allSizes") },
          ...SIZE_NAMES.map((size) => ({ value: size, label: words(`sizes.${size}`) })),
        ]}
      />
      <Checkbox
        label={words("dismissed")}
        checked={filter.dismissed}
        onChange={(dismissed) => onChange({ ...filter, dismissed })}
      />
      {isFiltered(filter) ? (
        <Button look="ghost" onClick={() => onChange(noFilter(filter.corp))}>
          {words("clearFilters")}
        </Button>
      ) : null}
    </div>
  );
}
