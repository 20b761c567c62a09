"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";
import { defaultSettings, type LandingSettings } from "#domain/landing/blocks.ts";
import { dayTime } from "../../format/time.ts";
import { request } from "../../http/request.ts";
import { useSaved, SaveMark, Conflict } from "../../plan/saved-field.tsx";
import { useSession } from "../../session/session-provider.tsx";
import type { Sent } from "../../session/source.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { TextArea, TextField } from "../../ui/text-field.tsx";
import { PictureField } from "./picture-field.tsx";

type Reserve = LandingSettings["reserve"];
type Card = Extract<Reserve, { by: "card" }>;
type Mini = Extract<Reserve, { by: "miniProgram" }>;
type Props = { reserve: Reserve; disabled: boolean; save: (value: Reserve, seen: Reserve) => Promise<Sent> };

/** How the native 视频号预约 is reached; a mini program that is not written whole is not saved yet. */
export function ReserveFields({ reserve, disabled, save }: Props) {
  const set = useTranslations("warmupPlan.landing.set");
  const saved = useSaved<Reserve>(reserve, save);
  const [mini, setMini] = useState<Mini | null>(null);
  const shown = mini ?? saved.value;
  const choose = (by: Reserve["by"]) => {
    if (disabled || by === shown.by) return;
    if (by === "miniProgram") return setMini({ by, appId: "", path: "", urlLink: null });
    setMini(null);
    if (saved.value.by !== "card") saved.commit(defaultSettings.reserve);
  };
  const change = (next: Mini) => {
    const whole = /^[A-Za-z0-9]{1,40}$/.test(next.appId) && next.path !== "";
    setMini(whole ? null : next);
    if (whole) saved.commit(next);
  };
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border px-3 pt-2 pb-3">
      <legend className="flex items-center gap-2 px-1 text-xs text-dim">
        {set("reserve")}
        <SaveMark status={saved.status} />
      </legend>
      <Conflict saved={saved} show={(value: Reserve) => set(`reserveOf.${value.by}`)} who={undefined} />
      <Segmented
        label={set("reserve")}
        value={shown.by}
        onChange={choose}
        options={(["card", "miniProgram"] as const).map((by) => ({ value: by, label: set(`reserveOf.${by}`) }))}
      />
      <p className="text-xs text-faint">{set(`reserveHint.${shown.by}`)}</p>
      {saved.error === null ? null : (
        <p role="alert" className="text-xs text-air-ink">
          {saved.error}
        </p>
      )}
      {shown.by === "card" ? (
        <CardFields card={shown} disabled={disabled} onChange={saved.commit} />
      ) : (
        <MiniFields mini={shown} disabled={disabled} onChange={change} />
      )}
    </fieldset>
  );
}

function CardFields({ card, disabled, onChange }: { card: Card; disabled: boolean; onChange: (next: Card) => void }) {
  const set = useTranslations("warmupPlan.landing.set");
  return (
    <>
      <Field label={set("how")} required>
        <TextArea
          maxLength={400}
          disabled={disabled}
          value={card.how}
          onCommit={(how) => how !== "" && onChange({ ...card, how })}
        />
      </Field>
      <PictureField
        what={set("howPicture")}
        value={card.pictureUrl}
        disabled={disabled}
        onChange={(pictureUrl) => onChange({ ...card, pictureUrl })}
      />
    </>
  );
}

function MiniFields({ mini, disabled, onChange }: { mini: Mini; disabled: boolean; onChange: (next: Mini) => void }) {
  const set = useTranslations("warmupPlan.landing.set");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={set("appId")} required>
        <TextField
          maxLength={40}
          disabled={disabled}
          value={mini.appId}
          onCommit={(appId) => onChange({ ...mini, appId })}
        />
      </Field>
      <Field label={set("path")} required>
        <TextField
          maxLength={300}
          disabled={disabled}
          value={mini.path}
          onCommit={(path) => onChange({ ...mini, path })}
        />
      </Field>
      <Field label={set("urlLink")} hint={set("urlLinkHint")} className="sm:col-span-2">
        <TextField
          maxLength={500}
          placeholder="https://"
          disabled={disabled}
          value={mini.urlLink ?? ""}
          onCommit={(url) => onChange({ ...mini, urlLink: url === "" ? null : url })}
        />
      </Field>
      <TryLink mini={mini} disabled={disabled} />
    </div>
  );
}

const Made = z.object({ url: z.string(), expiresAt: z.nullable(z.number()) });

/** Asks WeChat for a link to that page now, rather than when somebody taps it. */
function TryLink({ mini: { appId, path }, disabled }: { mini: Mini; disabled: boolean }) {
  const set = useTranslations("warmupPlan.landing.set");
  const sessionId = useSession((show) => show.session.sessionId);
  const explain = useFailure();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ ok: boolean; text: string } | null>(null);
  const attempt = async () => {
    setBusy(true);
    const reply = await request(`/api/v1/sessions/${encodeURIComponent(sessionId)}/reserve-link`, {
      method: "POST",
      body: { appId, path },
      shape: Made,
    });
    setBusy(false);
    setSaid(
      reply.ok
        ? {
            ok: true,
            text: set("linkWorks", { time: reply.value.expiresAt === null ? "–" : dayTime(reply.value.expiresAt) }),
          }
        : { ok: false, text: set("linkFails", { reason: explain(reply.failure) }) },
    );
  };
  return (
    <div className="flex flex-wrap items-center gap-3 sm:col-span-2">
      <Button size="sm" disabled={disabled || appId === "" || path === ""} busy={busy} onClick={() => void attempt()}>
        {set("tryLink")}
      </Button>
      {said ? (
        <p role="status" className={said.ok ? "text-xs text-sure-ink" : "text-xs text-wait-ink"}>
          {said.text}
        </p>
      ) : null}
    </div>
  );
}
