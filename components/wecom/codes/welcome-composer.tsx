"use client";
import { useTranslations } from "next-intl";
import { bytesLeft, WECOM_COUNTS } from "#domain/wecom-limits.ts";
import { count } from "../../format/money.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Textarea } from "../../ui/input.tsx";
import { Menu } from "../../ui/menu.tsx";
import { BytesLeft } from "./bytes-left.tsx";
import { CardForm } from "./card-form.tsx";
import type { Card, Welcome } from "./code-data.ts";

const fresh: Readonly<Record<Card["kind"], () => Card>> = {
  link: () => ({ kind: "link", title: "", desc: "", url: "https://", picUrl: null }),
  image: () => ({ kind: "image", mediaKey: "" }),
  miniprogram: () => ({ kind: "miniprogram", title: "", appId: "", page: "", mediaKey: "" }),
};
const KINDS = ["link", "image", "miniprogram"] as const;

type Props = { corpId: string; welcome: Welcome; onChange: (welcome: Welcome) => void };

/** What a new customer reads within 20 seconds: words first, then up to nine attachments. */
export function WelcomeComposer({ corpId, welcome, onChange }: Props) {
  const words = useTranslations("wecomDesk.welcome");
  const left = bytesLeft("welcomeText", welcome.text);
  const { cards } = welcome;
  return (
    <section aria-label={words("heading")} className="flex flex-col gap-3">
      <Field
        label={words("text")}
        hint={words("textHint")}
        error={left < 0 ? words("tooLong", { over: count(-left) }) : undefined}
        aside={<BytesLeft left={left} />}
      >
        <Textarea
          rows={5}
          value={welcome.text}
          onChange={(event) => onChange({ ...welcome, text: event.target.value })}
        />
      </Field>
      <ol className="flex flex-col gap-2" aria-label={words("cards")}>
        {cards.map((card, index) => (
          <li key={index}>
            <CardForm
              corpId={corpId}
              card={card}
              onChange={(next) => onChange({ ...welcome, cards: cards.map((one, at) => (at === index ? next : one)) })}
              onRemove={() => onChange({ ...welcome, cards: cards.filter((_one, at) => at !== index) })}
            />
          </li>
        ))}
      </ol>
      <Menu
        align="start"
        items={KINDS.map((kind) => ({
          label: words(`kind.${kind}`),
          onSelect: () => onChange({ ...welcome, cards: [...cards, fresh[kind]()] }),
        }))}
      >
        <Button
          size="sm"
          className="self-start"
          aria-haspopup="menu"
          disabled={cards.length >= WECOM_COUNTS.attachments}
        >
          <Icon name="plus" size={13} />
          {words("addCard", { count: cards.length, max: WECOM_COUNTS.attachments })}
        </Button>
      </Menu>
    </section>
  );
}
