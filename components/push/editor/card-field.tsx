"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isMass, type PushCard, type PushCopy, type PushKind } from "#domain/push/shapes.ts";
import { bytesLeft, type WecomBytes } from "#domain/wecom-limits.ts";
import { count } from "../../format/money.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { PictureField } from "./picture-field.tsx";

type CardKind = PushCard["kind"] | "none";
type Props = {
  kind: PushKind;
  copy: PushCopy;
  disabled: boolean;
  problem: string | null;
  onChange: (part: Partial<PushCopy>) => void;
};

const fresh: Readonly<Record<PushCard["kind"], PushCard>> = {
  link: { kind: "link", title: "", desc: "", picUrl: null },
  miniprogram: { kind: "miniprogram", title: "", appId: "", page: "", mediaKey: "" },
  image: { kind: "image", mediaKey: "" },
};

/** What stands under the words in the chat. */
export function CardField({ kind, copy, disabled, problem, onChange }: Props) {
  const words = useTranslations("push.card");
  const { card, link } = copy;
  const choices: readonly CardKind[] = isMass(kind) ? ["none", "link", "miniprogram", "image"] : ["none", "link"];
  const choose = (next: CardKind) => {
    if (disabled || next === (card?.kind ?? "none")) return;
    if (next === "none") onChange({ card: null });
    else onChange({ card: fresh[next], ...(next === "link" && link === "none" ? { link: "viewer" as const } : {}) });
  };
  const set = (next: PushCard) => onChange({ card: next });
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-3">
      <legend className="mb-1 text-xs text-dim">{words("label")}</legend>
      <Segmented
        label={words("label")}
        value={card?.kind ?? "none"}
        onChange={choose}
        options={choices.map((value) => ({ value, label: words(`kind.${value}`) }))}
      />
      {card?.kind === "link" ? (
        <LinkCard card={card} mass={isMass(kind)} pictured={isMass(kind) || kind === "robot"} onChange={set} />
      ) : null}
      {card?.kind === "miniprogram" ? <MiniCard card={card} onChange={set} /> : null}
      {card?.kind === "image" ? (
        <PictureField mediaKey={card.mediaKey} onChange={(mediaKey) => set({ ...card, mediaKey })} />
      ) : null}
      {problem ? (
        <p role="alert" className="text-xs text-air-ink">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}

type Of<K extends PushCard["kind"]> = { card: Extract<PushCard, { kind: K }>; onChange: (card: PushCard) => void };

/** `pictured`: what is forwarded by hand is words alone. */
function LinkCard({ card, mass, pictured, onChange }: Of<"link"> & { mass: boolean; pictured: boolean }) {
  const words = useTranslations("push.card");
  const products = useSession((show) => show.products);
  // WeCom fetches the picture itself, so it must lie where everybody can see it.
  const pictures = [...products.values()].flatMap(({ pictureUrl, linkNo, name }) =>
    pictureUrl?.startsWith("https://") ? [{ value: pictureUrl, label: `${linkNo} · ${name}` }] : [],
  );
  return (
    <>
      <Limited limit="linkTitle" label={words("title")} value={card.title} required>
        <Input
          maxLength={128}
          value={card.title}
          onChange={(event) => onChange({ ...card, title: event.target.value })}
        />
      </Limited>
      <Limited limit="linkDesc" label={words("desc")} value={card.desc}>
        <Input
          maxLength={512}
          value={card.desc}
          onChange={(event) => onChange({ ...card, desc: event.target.value })}
        />
      </Limited>
      {mass ? (
        <Field label={words("cover")}>
          <PictureField
            mediaKey={card.coverKey ?? ""}
            onChange={(coverKey) => onChange({ ...card, coverKey, picUrl: null })}
          />
          {card.coverKey ? (
            <Button size="sm" look="ghost" className="mt-1" onClick={() => onChange({ ...card, coverKey: null })}>
              {words("noCover")}
            </Button>
          ) : null}
        </Field>
      ) : null}
      {pictured && !card.coverKey ? (
        <Field label={words("picUrl")} hint={words("picUrlHint")}>
          <Input
            type="url"
            maxLength={500}
            value={card.picUrl ?? ""}
            onChange={(event) => onChange({ ...card, picUrl: event.target.value.trim() || null })}
          />
        </Field>
      ) : null}
      {pictured && !card.coverKey && pictures.length > 0 ? (
        <Field label={words("fromProduct")}>
          <Combobox
            clearable
            options={pictures}
            value={card.picUrl}
            placeholder={words("fromProductNone")}
            onChange={(picUrl) => onChange({ ...card, picUrl })}
          />
        </Field>
      ) : null}
    </>
  );
}

function MiniCard({ card, onChange }: Of<"miniprogram">) {
  const words = useTranslations("push.card");
  return (
    <>
      <Limited limit="miniTitle" label={words("title")} value={card.title} required>
        <Input
          maxLength={64}
          value={card.title}
          onChange={(event) => onChange({ ...card, title: event.target.value })}
        />
      </Limited>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="AppID" hint={words("appIdHint")} required>
          <Input
            maxLength={40}
            value={card.appId}
            onChange={(event) => onChange({ ...card, appId: event.target.value.trim() })}
          />
        </Field>
        <Field label={words("page")} hint={words("pageHint")} required>
          <Input
            maxLength={500}
            value={card.page}
            onChange={(event) => onChange({ ...card, page: event.target.value.trim() })}
          />
        </Field>
      </div>
      <PictureField mediaKey={card.mediaKey} onChange={(mediaKey) => onChange({ ...card, mediaKey })} />
    </>
  );
}

type LimitedProps = { limit: WecomBytes; label: string; value: string; required?: boolean; children: ReactNode };

function Limited({ limit, label, value, required, children }: LimitedProps) {
  const words = useTranslations("push.copy");
  const left = bytesLeft(limit, value);
  return (
    <Field
      label={label}
      required={required}
      aside={
        <span className={left < 0 ? "text-xs text-air-ink tabular-nums" : "text-xs text-faint tabular-nums"}>
          {words(left < 0 ? "bytesOver" : "bytesLeft", { count: count(Math.abs(left)) })}
        </span>
      }
    >
      {children}
    </Field>
  );
}
