"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { dayTime } from "../../format/time.ts";
import { AnyAnswer, request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { evidenceName, type Fact, type Key } from "./people-data.ts";

const tones = { joined: "sure", conflict: "wait", undone: "plain" } as const;

type Props = {
  fact: Fact;
  onChanged: () => void;
  /** Leads to everything that is known of a customer. */
  onOpen?: ((contactId: string) => void) | undefined;
};

/** Two keys, why they are one human's, and the way to take it back. */
export function FactRow({ fact, onChanged, onOpen }: Props) {
  const words = useTranslations("wecomDesk.people");
  const explain = useFailure();
  const [busy, setBusy] = useState(false);
  const known = evidenceName(fact.evidence);
  const verb = fact.state === "undone" ? "restore" : "undo";
  const act = async (doing: "undo" | "restore", isBack = false) => {
    setBusy(true);
    const reply = await request(`/api/v1/wecom/identities/facts/${fact.id}/${doing}`, {
      method: "POST",
      shape: AnyAnswer,
    });
    setBusy(false);
    if (!reply.ok) return notify({ tone: "air", title: explain(reply.failure) });
    const other = doing === "undo" ? "restore" : "undo";
    const back = isBack ? {} : { action: { label: words(other), run: () => void act(other, true) } };
    notify({ tone: "sure", title: words(`${doing}Done`), ...back });
    onChanged();
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2 text-sm">
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
        <KeyShown of={fact.a} onOpen={onOpen} />
        <span aria-hidden className="text-faint">
          =
        </span>
        <span className="sr-only">{words("isOne")}</span>
        <KeyShown of={fact.b} onOpen={onOpen} />
      </span>
      <span className="text-xs text-dim">
        {words("because", {
          evidence: known === null ? fact.evidence : words(`evidence.${known}`),
          time: dayTime(fact.at),
        })}
        {fact.saidBy === null ? null : ` · ${words("saidBy", { name: nameOf(fact.saidBy) })}`}
        {fact.undoneAt === null ? null : (
          <span className="block">
            {fact.undoneBy === null
              ? words("undoneAt", { time: dayTime(fact.undoneAt) })
              : words("undoneBy", { time: dayTime(fact.undoneAt), name: nameOf(fact.undoneBy) })}
          </span>
        )}
      </span>
      <Tag tone={tones[fact.state]}>
        {fact.state === "conflict" && fact.conflictOf !== null
          ? words("conflictOf", { kind: words(`key.${fact.conflictOf}`) })
          : words(`state.${fact.state}`)}
      </Tag>
      <Button size="sm" look="ghost" busy={busy} onClick={() => void act(verb)}>
        {words(verb)}
      </Button>
    </li>
  );
}

const nameOf = ({ id, name }: { id: string; name: string | null }) => name ?? `…${id.slice(-6)}`;

function KeyShown({ of: { kind, id, ends, name }, onOpen }: { of: Key; onOpen: Props["onOpen"] }) {
  const words = useTranslations("wecomDesk.people");
  const shown = name ?? (ends === "" ? (id ?? "").slice(-6) : `…${ends}`);
  const label = `${words(`key.${kind}`)} ${shown}`;
  if (kind !== "externalUserid" || id === null || !onOpen) return <span className="truncate">{label}</span>;
  return (
    <button
      type="button"
      className="truncate underline decoration-edge hover:decoration-current"
      onClick={() => onOpen(id)}
    >
      {label}
    </button>
  );
}
