"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMe } from "../../shell/me-provider.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { MultiSelect } from "../../ui/multi-select.tsx";
import { SavingDialog } from "../saving-dialog.tsx";
import { SecretField } from "../../wecom/connection/secret-field.tsx";
import type { WechatApp, WechatKind } from "./wechat-data.ts";

type Draft = {
  readonly name: string;
  readonly appId: string;
  /** Null: what is set stays. */
  readonly secret: string | null;
  readonly roomIds: string[];
  readonly verifyFile: string;
  readonly reservePath: string;
};

function bodyOf(draft: Draft, { kind, app }: { kind: WechatKind; app: WechatApp | null }) {
  const { name, appId, secret, roomIds, verifyFile, reservePath } = draft;
  const said = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    name: name.trim(),
    roomIds: roomIds.length === 0 ? null : roomIds,
    ...(app ? {} : { kind, appId: appId.trim() }),
    ...(secret === null || secret.trim() === "" ? {} : { secret: secret.trim() }),
    ...(kind === "official" ? { verifyFile: said(verifyFile) } : { reservePath: said(reservePath) }),
  };
}

const isReady = ({ name, appId, secret }: Draft): boolean =>
  name.trim() !== "" &&
  /^wx[0-9A-Za-z]{6,38}$/.test(appId.trim()) &&
  (secret === null || secret.trim() === "" || /^[!-~]{16,128}$/.test(secret.trim()));

type Props = { kind: WechatKind; app: WechatApp | null; onClose: () => void; onSaved: () => void };

export function WechatAppDialog({ kind, app, onClose, onSaved }: Props) {
  const words = useTranslations("wechatDesk.apps");
  const { rooms } = useMe();
  const [draft, setDraft] = useState<Draft>({
    name: app?.name ?? "",
    appId: app?.appId ?? "",
    secret: app?.secret.set ? null : "",
    roomIds: app?.roomIds ?? [],
    verifyFile: app?.verifyFile ?? "",
    reservePath: app?.reservePath ?? "",
  });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <SavingDialog
      title={app ? words("editTitle", { name: app.name }) : words(kind === "official" ? "addOfficial" : "addMini")}
      isReady={isReady(draft)}
      ask={() => ({
        path: app ? `/api/v1/wechat/apps/${app.id}` : "/api/v1/wechat/apps",
        method: app ? "PATCH" : "POST",
        body: bodyOf(draft, { kind, app }),
      })}
      onClose={onClose}
      onSaved={onSaved}
    >
      <Field label={words("name")} required>
        <Input maxLength={40} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field label={words("appId")} required>
        <Input
          className="font-mono"
          placeholder="wx…"
          readOnly={app !== null}
          value={draft.appId}
          onChange={(event) => change({ appId: event.target.value })}
        />
      </Field>
      <SecretField
        label={words("secret")}
        hint={words("secretHint")}
        state={app?.secret}
        value={draft.secret}
        onChange={(secret) => change({ secret })}
      />
      <Field label={words("rooms")}>
        <MultiSelect
          placeholder={words("allRooms")}
          value={draft.roomIds}
          onChange={(roomIds) => change({ roomIds })}
          options={rooms.map(({ id, name: label }) => ({ value: id, label }))}
        />
      </Field>
      {kind === "official" ? (
        <Field label={words("verifyFile")} hint={words("verifyHint")}>
          <Input
            className="font-mono"
            placeholder="MP_verify_….txt"
            value={draft.verifyFile}
            onChange={(event) => change({ verifyFile: event.target.value })}
          />
        </Field>
      ) : (
        <Field label={words("reservePath")} hint={words("reserveHint")}>
          <Input
            className="font-mono"
            value={draft.reservePath}
            onChange={(event) => change({ reservePath: event.target.value })}
          />
        </Field>
      )}
    </SavingDialog>
  );
}
