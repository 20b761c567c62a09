"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { OPEN_SHOWN } from "#domain/reward/rows.ts";
import type { Grant } from "#domain/reward/state.ts";
import { dayTime } from "../../format/time.ts";
import { useDesk } from "../../live/desk.tsx";
import { Section } from "../../plan/section.tsx";
import { useAct } from "../../session/use-act.ts";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { REWARD_GIVERS } from "../warmup-roles.ts";
import { DeliverDialog } from "./deliver-dialog.tsx";

/** Who has earned what and has not got it, oldest first. */
export function RewardQueue() {
  const words = useTranslations("warmupPlan.rewards");
  const grants = useSession((show) => show.rewardQueue);
  const mayGive = useDesk().may(REWARD_GIVERS);
  const [giving, setGiving] = useState<Grant | null>(null);
  // Those who see no names and no queue.
  if (!grants) return null;
  const rows = [...grants.values()].toSorted((a, b) => a.at - b.at);
  return (
    <Section title={words("queue.heading")} aside={<Redeem disabled={!mayGive} />}>
      {rows.length === 0 ? (
        <EmptyState compact icon="check" title={words("queue.emptyTitle")} text={words("queue.emptyText")} />
      ) : (
        <WideTable label={words("queue.heading")}>
          <Head>
            <Th>{words("queue.person")}</Th>
            <Th>{words("queue.step")}</Th>
            <Th className="w-36">{words("queue.at")}</Th>
            <Th className="w-48">{words("queue.state")}</Th>
            <Th className="w-24" aria-label={words("queue.deliver")} />
          </Head>
          <tbody>
            {rows.map((grant) => (
              <Line
                key={`${grant.stepId}:${grant.personId}`}
                grant={grant}
                mayGive={mayGive}
                onGive={() => setGiving(grant)}
              />
            ))}
          </tbody>
        </WideTable>
      )}
      {rows.length >= OPEN_SHOWN ? (
        <p className="text-xs text-faint">{words("queue.more", { count: OPEN_SHOWN })}</p>
      ) : null}
      {giving ? <DeliverDialog grant={giving} onClose={() => setGiving(null)} /> : null}
    </Section>
  );
}

function Line({ grant, mayGive, onGive }: { grant: Grant; mayGive: boolean; onGive: () => void }) {
  const words = useTranslations("warmupPlan.rewards");
  const names = useNames();
  const title = useSession((show) => show.rewardSteps.get(grant.stepId)?.title ?? "");
  const name = names(`person:${grant.personId}`) ?? words("queue.nobody");
  const isWaiting = grant.state === "waiting";
  return (
    <Tr>
      <Td className="max-w-0 truncate font-medium">{name}</Td>
      <Td className="max-w-0 truncate text-dim" title={title}>
        {title}
      </Td>
      <Td className="text-dim tabular-nums">{dayTime(grant.at)}</Td>
      <Td>
        <Tag tone="wait">{words(`queue.stateOf.${isWaiting ? "waiting" : "earned"}`)}</Tag>
      </Td>
      <Td className="px-1 text-right">
        {isWaiting ? null : (
          <Button size="sm" disabled={!mayGive} aria-label={words("queue.deliverOf", { name, title })} onClick={onGive}>
            {words("queue.deliver")}
          </Button>
        )}
      </Td>
    </Tr>
  );
}

/** At the counter: the code that somebody shows. */
function Redeem({ disabled }: { disabled: boolean }) {
  const words = useTranslations("warmupPlan.rewards.redeem");
  const act = useAct();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const redeem = async () => {
    const typed = code.trim();
    if (typed === "" || busy) return;
    setBusy(true);
    const done = await act("reward.deliver", { code: typed });
    setBusy(false);
    if (!done) return;
    setCode("");
    notify({ tone: "sure", title: words("done", { code: typed }) });
  };
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void redeem();
      }}
    >
      <Input
        size="sm"
        className="w-44 font-mono"
        aria-label={words("label")}
        maxLength={40}
        disabled={disabled}
        placeholder={words("placeholder")}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" size="sm" disabled={disabled || code.trim() === ""} busy={busy}>
        {words("submit")}
      </Button>
    </form>
  );
}
