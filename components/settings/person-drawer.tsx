"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Role } from "#domain/op.ts";
import { AnyAnswer, request } from "../http/request.ts";
import { useMe } from "../shell/me-provider.tsx";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Callout } from "../ui/states.tsx";
import { Switch } from "../ui/switch.tsx";
import { PASSWORD_MIN } from "./account-section.tsx";
import { PersonWecom, type MappedMembers } from "./person-wecom.tsx";
import { RoleMatrix } from "./role-matrix.tsx";
import { Person } from "./settings-data.ts";

type Draft = {
  readonly name: string;
  readonly username: string;
  readonly password: string;
  readonly owner: boolean;
  readonly disabled: boolean;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
};

/** A readable password of 60 bits: 12 signs without those that are mistaken for each other. */
function freshPassword(): string {
  const signs = "abcdefghjkmnpqrstuvwxyz23456789ACDE";
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => signs[byte % signs.length]).join("");
}

/** A new person, or everything about one. What was not touched is not sent. */
export function PersonDrawer({
  person,
  mapped,
  onClose,
  onSaved,
}: {
  person: Person | null;
  mapped: MappedMembers;
  onClose: () => void;
  onSaved: () => void;
}) {
  const words = useTranslations("settings.people");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const me = useMe();
  const [draft, setDraft] = useState<Draft>(() => ({
    name: person?.name ?? "",
    username: person?.username ?? "",
    password: person ? "" : freshPassword(),
    owner: person?.owner ?? false,
    disabled: person?.disabled ?? false,
    roles: person?.roles ?? {},
  }));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Draft>) => {
    setProblem(null);
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async () => {
    const withAccount = draft.username.trim() !== "";
    if (draft.password !== "" && withAccount && draft.password.length < PASSWORD_MIN)
      return setProblem(words("passwordShort", { min: PASSWORD_MIN }));
    setBusy(true);
    const reply = person
      ? await request(`/api/v1/people/${person.id}`, {
          method: "PATCH",
          body: changes(person, draft, me.owner),
          shape: AnyAnswer,
        })
      : await request("/api/v1/people", {
          method: "POST",
          body: {
            name: draft.name.trim(),
            roles: draft.roles,
            ...(me.owner ? { owner: draft.owner } : {}),
            ...(withAccount ? { username: draft.username.trim(), password: draft.password } : {}),
          },
          shape: Person,
        });
    setBusy(false);
    if (reply.ok) onSaved();
    else setProblem(explain(reply.failure));
  };
  return (
    <Drawer
      open
      onOpenChange={onClose}
      width="lg"
      title={person ? person.name : words("add")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} disabled={draft.name.trim() === ""} onClick={() => void submit()}>
            {ui("save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {problem ? <Callout tone="air">{problem}</Callout> : null}
        <div className="grid grid-cols-2 gap-4">
          <Field label={words("name")} required>
            <Input maxLength={40} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
          </Field>
          <Field label={words("username")} hint={words("usernameHint")}>
            <Input
              maxLength={40}
              autoCapitalize="none"
              spellCheck={false}
              value={draft.username}
              onChange={(event) => change({ username: event.target.value })}
            />
          </Field>
          {draft.username.trim() === "" ? null : (
            <Field
              label={words(person?.username ? "newPassword" : "firstPassword")}
              hint={words(person?.username ? "newPasswordHint" : "firstPasswordHint")}
            >
              <div className="flex gap-2">
                <Input
                  className="font-mono"
                  autoComplete="off"
                  value={draft.password}
                  onChange={(event) => change({ password: event.target.value })}
                />
                <Button onClick={() => change({ password: freshPassword() })}>{words("makePassword")}</Button>
              </div>
            </Field>
          )}
        </div>
        {me.owner ? (
          <Switch
            checked={draft.owner}
            onChange={(owner) => change({ owner })}
            label={words("owner")}
            hint={words("ownerHint")}
          />
        ) : null}
        {draft.owner ? null : <RoleMatrix roles={draft.roles} onChange={(roles) => change({ roles })} />}
        {person ? <PersonWecom personId={person.id} hasAccount={person.username !== null} mapped={mapped} /> : null}
        {person ? (
          <Account person={person} disabled={draft.disabled} onDisabled={(disabled) => change({ disabled })} />
        ) : null}
      </div>
    </Drawer>
  );
}

function changes(person: Person, draft: Draft, owner: boolean): Record<string, unknown> {
  const username = draft.username.trim();
  const roles = Object.entries(draft.roles).filter(
    ([roomId, held]) => JSON.stringify(person.roles[roomId] ?? []) !== JSON.stringify(held),
  );
  return {
    ...(draft.name.trim() === person.name ? {} : { name: draft.name.trim() }),
    ...(username === "" || username === person.username ? {} : { username }),
    ...(draft.password === "" ? {} : { password: draft.password }),
    ...(!owner || draft.owner === person.owner ? {} : { owner: draft.owner }),
    ...(draft.disabled === person.disabled ? {} : { disabled: draft.disabled }),
    ...(roles.length === 0 ? {} : { roles: Object.fromEntries(roles) }),
  };
}

function Account({
  person,
  disabled,
  onDisabled,
}: {
  person: Person;
  disabled: boolean;
  onDisabled: (disabled: boolean) => void;
}) {
  const words = useTranslations("settings.people");
  const explain = useFailure();
  const me = useMe();
  const [said, setSaid] = useState<string | null>(null);
  const signOut = async () => {
    const reply = await request(`/api/v1/people/${person.id}/sign-out`, { method: "POST", body: {}, shape: AnyAnswer });
    setSaid(reply.ok ? words("signedOut") : explain(reply.failure));
  };
  if (person.username === null) return null;
  return (
    <div className="flex flex-col gap-4 border-t pt-4">
      <Switch
        checked={disabled}
        disabled={person.id === me.person.id}
        onChange={onDisabled}
        label={words("disable")}
        hint={words("disableHint")}
      />
      <div className="flex items-center gap-3">
        <Button onClick={() => void signOut()}>{words("signOutEverywhere")}</Button>
        <span role="status" className="text-xs text-dim">
          {said ?? words("signOutHint")}
        </span>
      </div>
    </div>
  );
}
