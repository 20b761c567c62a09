"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SavingDialog } from "../../settings/saving-dialog.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { CopyValue } from "../copy-value.tsx";
import { type App, APP_PURPOSES } from "./corp-data.ts";
import { SecretField } from "./secret-field.tsx";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** As WeCom's own button for a random one makes them. */
const TOKEN_LETTERS = 32;
const AES_KEY_LETTERS = 43;

function randomLetters(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length * 2));
  // Bytes past the last whole round of 62 would make the first letters likelier.
  const even = [...bytes].filter((byte) => byte < 248);
  return even.length < length
    ? randomLetters(length)
    : even
        .slice(0, length)
        .map((byte) => LETTERS[byte % 62])
        .join("");
}

type Draft = {
  readonly name: string;
  readonly purpose: (typeof APP_PURPOSES)[number];
  readonly agentId: string;
  /** Null: what is set stays. */
  readonly secret: string | null;
  readonly callback: { readonly token: string; readonly aesKey: string } | null;
};

/** Only what somebody wrote is sent: what is set and was not touched stays. */
function bodyOf(draft: Draft, app: App | null) {
  const { name, purpose, agentId, secret, callback } = draft;
  return {
    name: name.trim(),
    ...(app ? {} : { purpose, agentId: Number(agentId) }),
    ...(secret === null || secret.trim() === "" ? {} : { secret: secret.trim() }),
    ...(callback && callback.token.trim() !== ""
      ? { callback: { token: callback.token.trim(), aesKey: callback.aesKey.trim() } }
      : {}),
  };
}

function isReady({ name, agentId, secret, callback }: Draft): boolean {
  const id = Number(agentId);
  const isCallback = callback === null || (callback.token === "" && callback.aesKey === "");
  return (
    name.trim() !== "" &&
    Number.isInteger(id) &&
    id >= 1 &&
    (secret === null || secret.trim() === "" || /^[!-~]{10,200}$/.test(secret.trim())) &&
    (isCallback ||
      (/^[A-Za-z0-9]{3,32}$/.test(callback.token.trim()) && /^[A-Za-z0-9]{43}$/.test(callback.aesKey.trim())))
  );
}

type Props = { corpId: string; app: App | null; onClose: () => void; onSaved: () => void };

export function AppDialog({ corpId, app, onClose, onSaved }: Props) {
  const words = useTranslations("wecomDesk.app");
  const [draft, setDraft] = useState<Draft>({
    name: app?.name ?? words("defaultName"),
    purpose: app?.purpose ?? "customers",
    agentId: app ? String(app.agentId) : "",
    secret: app?.secret.set ? null : "",
    callback: app?.callback.set ? null : { token: "", aesKey: "" },
  });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <SavingDialog
      title={app ? words("editTitle", { name: app.name }) : words("addTitle")}
      description={words("addHint")}
      isReady={isReady(draft)}
      ask={() => ({
        path: app ? `/api/v1/wecom/apps/${app.id}` : `/api/v1/wecom/corps/${corpId}/apps`,
        method: app ? "PATCH" : "POST",
        body: bodyOf(draft, app),
      })}
      onClose={onClose}
      onSaved={onSaved}
    >
      <Field label={words("name")} required>
        <Input autoFocus maxLength={40} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={words("purposeLabel")}>
          <Select
            value={draft.purpose}
            disabled={app !== null}
            onChange={(purpose) => change({ purpose })}
            options={APP_PURPOSES.map((purpose) => ({ value: purpose, label: words(`purpose.${purpose}`) }))}
          />
        </Field>
        <Field label="AgentId" hint={words("agentIdHint")} required>
          <Input
            inputMode="numeric"
            disabled={app !== null}
            value={draft.agentId}
            onChange={(event) => change({ agentId: event.target.value.replace(/\D/g, "") })}
          />
        </Field>
      </div>
      <SecretField
        label="Secret"
        hint={words("secretHint")}
        state={app?.secret}
        value={draft.secret}
        onChange={(secret) => change({ secret })}
      />
      <CallbackFields app={app} value={draft.callback} onChange={(callback) => change({ callback })} />
    </SavingDialog>
  );
}

type CallbackProps = { app: App | null; value: Draft["callback"]; onChange: (value: Draft["callback"]) => void };

function CallbackFields({ app, value, onChange }: CallbackProps) {
  const words = useTranslations("wecomDesk.app");
  const kept = app?.callback;
  const draw = () => onChange({ token: randomLetters(TOKEN_LETTERS), aesKey: randomLetters(AES_KEY_LETTERS) });
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border p-3">
      <legend className="px-1 text-xs text-dim">{words("callback")}</legend>
      <p className="text-xs text-faint">{words(app ? "callbackHint" : "callbackLater")}</p>
      {app ? <CopyValue value={app.callbackUrl} label={words("callbackUrl")} /> : null}
      {value === null && kept ? (
        <SecretField
          label="Token / EncodingAESKey"
          state={kept}
          value={null}
          onChange={() => onChange({ token: "", aesKey: "" })}
        />
      ) : (
        <>
          <Field label="Token">
            <Input
              className="font-mono"
              value={value?.token ?? ""}
              onChange={(event) => onChange({ token: event.target.value, aesKey: value?.aesKey ?? "" })}
            />
          </Field>
          <Field label="EncodingAESKey" hint={words("aesKeyHint")}>
            <Input
              className="font-mono"
              value={value?.aesKey ?? ""}
              onChange={(event) => onChange({ token: value?.token ?? "", aesKey: event.target.value })}
            />
          </Field>
          <Button size="sm" className="self-start" onClick={draw}>
            {words("drawKeys")}
          </Button>
        </>
      )}
    </fieldset>
  );
}
