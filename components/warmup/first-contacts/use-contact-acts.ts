"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import * as z from "zod/mini";
import { count } from "../../format/money.ts";
import { AnyAnswer, request, type Reply } from "../../http/request.ts";
import { useDesk } from "../../live/desk.tsx";
import { usePlan } from "../../plan/plan-context.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { notify } from "../../ui/toast.tsx";
import { greetedPath, remindPath } from "../warmup-data.ts";

const Reminded = z.object({ named: z.number() });

export type ContactActs = {
  /** Ticked on this page, until the list itself says so. */
  readonly ticked: ReadonlySet<string>;
  readonly tick: (id: string, name: string) => Promise<void>;
  readonly remind: (member: { readonly id: string; readonly name: string }) => Promise<void>;
};

/** Ticking, with its way back, and one line of the robot to the member; each once while its answer is out. */
export function useContactActs(reload: () => void): ContactActs {
  const words = useTranslations("firstContacts");
  const desk = useTranslations("desk");
  const explain = useFailure();
  const { show } = usePlan();
  const { busy } = useDesk();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const mark = (id: string, on: boolean) =>
    setTicked((before) => new Set(on ? [...before, id] : [...before].filter((other) => other !== id)));

  const once = async <T>(key: string, ask: () => Promise<Reply<T>>): Promise<T | null> => {
    if (busy.read().has(key)) return null;
    busy.write(new Set(busy.read()).add(key));
    try {
      const reply = await ask();
      if (reply.ok) return reply.value;
      notify({ tone: reply.failure.kind === "refused" ? "wait" : "air", title: explain(reply.failure) });
      return null;
    } finally {
      busy.write(new Set([...busy.read()].filter((other) => other !== key)));
    }
  };
  const greet = (id: string, method: "POST" | "DELETE") =>
    once(`greet:${id}`, async () => {
      const reply = await request(greetedPath(show.id, id), { method, shape: AnyAnswer });
      return reply.ok ? { ok: true as const, value: true } : reply;
    });
  const untick = async (id: string) => {
    if ((await greet(id, "DELETE")) === null) return;
    mark(id, false);
    notify({ tone: "sure", title: words("undone") });
    reload();
  };
  return {
    ticked,
    async tick(id, name) {
      if ((await greet(id, "POST")) === null) return;
      mark(id, true);
      notify({
        tone: "sure",
        title: words("ticked", { name }),
        action: { label: desk("undo"), run: () => void untick(id) },
      });
    },
    async remind({ id, name }) {
      const body = { memberId: id };
      const done = await once(`remind:${id}`, () =>
        request(remindPath(show.id), { method: "POST", body, shape: Reminded }),
      );
      if (done) notify({ tone: "sure", title: words("reminded", { name, count: count(done.named) }) });
    },
  };
}
