"use client";
import { useTranslations } from "next-intl";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { Field } from "../../ui/field.tsx";
import { MultiSelect } from "../../ui/multi-select.tsx";
import { TagList } from "./code-data.ts";

const TAGS_MAX = 20;

/** WeCom's own tags, which whoever first comes by the code gets. */
export function ContactTags({
  corpId,
  value,
  onChange,
}: {
  corpId: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  const words = useTranslations("wecomDesk.codes");
  const path = `/api/v1/wecom/corps/${corpId}/tags`;
  const { value: known } = useLoaded(path, (signal) => request(path, { shape: TagList, signal }));
  if (!known || known.tags.length === 0) return null;
  return (
    <Field label={words("contactTags")} hint={words("contactTagsHint")}>
      <MultiSelect
        placeholder={words("noContactTags")}
        max={TAGS_MAX}
        value={value}
        onChange={onChange}
        options={known.tags.map(({ tagId, name, groupName }) => ({ value: tagId, label: name, hint: groupName }))}
      />
    </Field>
  );
}
