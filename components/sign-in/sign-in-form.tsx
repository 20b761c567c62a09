"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { AnyAnswer, request } from "../http/request.ts";
import { Logo } from "../shell/logo.tsx";
import { LocaleSwitch } from "../strings/locale-switch.tsx";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Callout } from "../ui/states.tsx";
import { Checkbox } from "../ui/switch.tsx";
import { WecomButtons, WecomTurnedAway } from "./wecom-buttons.tsx";

/** Only ways inside this site; `//elsewhere` and `https:` lead out of it. */
const inside = (next: string) => (/^\/(?![/\\])/.test(next) ? next : "/shows");

/** `turnedAway`: why the way in by WeCom ended here. */
export function SignInForm({ next, turnedAway }: { next: string; turnedAway: string | null }) {
  const words = useTranslations("signIn");
  const app = useTranslations("app");
  const explain = useFailure();
  const router = useRouter();
  const [rememberMe, setRememberMe] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value : "";
    };
    const username = typed("username").trim();
    const password = typed("password");
    if (!username || !password) return setProblem(words("needBoth"));
    setBusy(true);
    setProblem(null);
    const reply = await request("/api/auth/sign-in/username", {
      method: "POST",
      body: { username, password, rememberMe },
      shape: AnyAnswer,
    });
    if (reply.ok) return router.replace(inside(next));
    setProblem(explain(reply.failure));
    setBusy(false);
  };
  return (
    <main className="flex min-h-screen flex-col items-center justify-center px-4">
      <div className="w-full max-w-[340px]">
        <div className="mb-8 flex items-center gap-3">
          <Logo size={32} />
          <div>
            <h1 className="text-xl font-semibold">{app("name")}</h1>
            <p className="text-xs text-dim">{app("tagline")}</p>
          </div>
        </div>
        <WecomTurnedAway why={turnedAway} />
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
          <Field label={words("username")}>
            <Input
              name="username"
              size="lg"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
            />
          </Field>
          <Field label={words("password")}>
            <Input name="password" size="lg" type="password" autoComplete="current-password" />
          </Field>
          <Checkbox checked={rememberMe} onChange={setRememberMe} label={words("remember")} />
          {problem ? <Callout tone="air">{problem}</Callout> : null}
          <Button type="submit" look="primary" size="lg" busy={busy}>
            {words("submit")}
          </Button>
        </form>
        <WecomButtons next={inside(next)} />
        <p className="mt-6 border-t pt-4 text-xs text-faint">{words("firstRun")}</p>
      </div>
      <div className="fixed right-4 bottom-4">
        <LocaleSwitch signedIn={false} />
      </div>
    </main>
  );
}
