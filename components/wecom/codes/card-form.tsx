"use client";
import { useTranslations } from "next-intl";
import { bytesLeft } from "#domain/wecom-limits.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { BytesLeft } from "./bytes-left.tsx";
import type { Card } from "./code-data.ts";
import { PictureField } from "./picture-field.tsx";

type Props = { corpId: string; card: Card; onChange: (card: Card) => void; onRemove: () => void };

/** One attachment of a welcome. */
export function CardForm({ corpId, card, onChange, onRemove }: Props) {
  const words = useTranslations("wecomDesk.welcome");
  const ui = useTranslations("ui");
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border p-3">
      <legend className="px-1 text-xs text-dim">{words(`kind.${card.kind}`)}</legend>
      <CardFields corpId={corpId} card={card} onChange={onChange} />
      <Button size="sm" look="ghost" className="self-end" onClick={onRemove}>
        {ui("remove")}
      </Button>
    </fieldset>
  );
}

function CardFields({ corpId, card, onChange }: Omit<Props, "onRemove">) {
  const words = useTranslations("wecomDesk.welcome");
  switch (card.kind) {
    case "link":
      return (
        <>
          <Text
            label={words("title")}
            value={card.title}
            limit="linkTitle"
            onChange={(title) => onChange({ ...card, title })}
          />
          <Text
            label={words("desc")}
            value={card.desc}
            limit="linkDesc"
            onChange={(desc) => onChange({ ...card, desc })}
          />
          <Field label={words("url")} hint={words("urlHint")} required>
            <Input
              type="url"
              value={card.url}
              maxLength={2_048}
              onChange={(event) => onChange({ ...card, url: event.target.value.trim() })}
            />
          </Field>
          <Field label={words("picUrl")} hint={words("picUrlHint")}>
            <Input
              type="url"
              maxLength={500}
              value={card.picUrl ?? ""}
              onChange={(event) => onChange({ ...card, picUrl: event.target.value.trim() || null })}
            />
          </Field>
        </>
      );
    case "image":
      return (
        <PictureField
          corpId={corpId}
          mediaKey={card.mediaKey}
          onChange={(mediaKey) => onChange({ ...card, mediaKey })}
        />
      );
    case "miniprogram":
      return (
        <>
          <Text
            label={words("title")}
            value={card.title}
            limit="miniTitle"
            onChange={(title) => onChange({ ...card, title })}
          />
          <div className="grid grid-cols-2 gap-3">
            <Field label="AppID" hint={words("appIdHint")} required>
              <Input
                value={card.appId}
                maxLength={40}
                onChange={(event) => onChange({ ...card, appId: event.target.value.trim() })}
              />
            </Field>
            <Field label={words("page")} hint={words("pageHint")} required>
              <Input
                value={card.page}
                maxLength={500}
                onChange={(event) => onChange({ ...card, page: event.target.value.trim() })}
              />
            </Field>
          </div>
          <PictureField
            corpId={corpId}
            mediaKey={card.mediaKey}
            onChange={(mediaKey) => onChange({ ...card, mediaKey })}
          />
        </>
      );
  }
}

type TextProps = {
  label: string;
  value: string;
  limit: "linkTitle" | "linkDesc" | "miniTitle";
  onChange: (value: string) => void;
};

function Text({ label, value, limit, onChange }: TextProps) {
  const left = bytesLeft(limit, value);
  return (
    <Field label={label} required={limit !== "linkDesc"} aside={<BytesLeft left={left} />}>
      <Input value={value} aria-invalid={left < 0 || undefined} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
