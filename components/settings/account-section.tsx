"use client";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { AnyAnswer, request } from "../http/request.ts";
import { useMe } from "../shell/me-provider.tsx";
import { switchLocale } from "../strings/locale-switch.tsx";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Callout } from "../ui/states.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { notify } from "../ui/toast.tsx";

export const PASSWORD_MIN = 10;

/** One's own name, language and password. */
export function AccountSection() {
  const words = useTranslations("settings.account");
  const me = useMe();
  const locale = useLocale();
  return (
    <div className="flex max-w-[420px] flex-col gap-8">
      <dl className="grid grid-cols-[96px_1fr] gap-y-2 text-sm">
        <dt className="text-dim">{words("name")}</dt>
        <dd>{me.person.name}</dd>
        <dt className="text-dim">{words("username")}</dt>
        <dd>{me.person.username}</dd>
      </dl>
      <Field label={words("language")} hint={words("languageHint")}>
        <div>
          <Segmented
            label={words("language")}
            value={locale}
            onChange={(next) => void switchLocale(next, true)}
            options={[
              { value: "zh-CN", label: "中文" },
              { value: "en", label: "English" },
            ]}
          />
        </div>
      </Field>
      <PasswordForm />
    </div>
  );
}

function PasswordForm() {
  const words = useTranslations("settings.account");
  const explain = useFailure();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (next.length < PASSWORD_MIN) return setProblem(words("tooShort", { min: PASSWORD_MIN }));
    if (next !== again) return setProblem(words("differ"));
    setBusy(true);
    const reply = await request("/api/auth/change-password", {
      method: "POST",
      body: { currentPassword: current, newPassword: next },
      shape: AnyAnswer,
    });
    setBusy(false);
    if (!reply.ok) return setProblem(explain(reply.failure));
    setProblem(null);
    for (const clear of [setCurrent, setNext, setAgain]) clear("");
    notify({ tone: "sure", title: words("changed") });
  };
  const input = (value: string, set: (value: string) => void, autoComplete: string) => (
    <Input type="password" autoComplete={autoComplete} value={value} onChange={(event) => set(event.target.value)} />
  );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2 className="text-sm font-semibold">{words("password")}</h2>
      <Field label={words("current")}>{input(current, setCurrent, "current-password")}</Field>
      <Field label={words("new")} hint={words("newHint", { min: PASSWORD_MIN })}>
        {input(next, setNext, "new-password")}
      </Field>
      <Field label={words("again")}>{input(again, setAgain, "new-password")}</Field>
      {problem ? <Callout tone="air">{problem}</Callout> : null}
      <Button type="submit" look="primary" className="self-start" busy={busy} disabled={current === "" || next === ""}>
        {words("change")}
      </Button>
    </form>
  );
}
