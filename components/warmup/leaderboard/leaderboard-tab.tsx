"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { count } from "../../format/money.ts";
import { useDeed, wasDone } from "../../live/use-deed.ts";
import { useSession } from "../../session/session-provider.tsx";
import { notify } from "../../ui/toast.tsx";
import { BoardActs } from "./board-acts.tsx";
import { ChainDrawer } from "./chain-drawer.tsx";
import { DepthPart } from "./depth-part.tsx";
import { DisqualifiedList } from "./disqualified-list.tsx";
import { HeldInvites } from "./held-invites.tsx";
import { RankTable, type InviterNamed } from "./rank-table.tsx";
import { SignupRules } from "./signup-rules.tsx";
import { WordsDialog } from "./words-dialog.tsx";

/** 邀请榜: how it ranks and who sees it, who stands where, what waits for a decision, who brought whom. */
export function LeaderboardTab() {
  const words = useTranslations("invites");
  const deed = useDeed();
  const { inviters, total } = useSession((show) => show.leaderboard);
  const [chain, setChain] = useState<InviterNamed | null>(null);
  const [out, setOut] = useState<InviterNamed | null>(null);
  const disqualify = async ({ inviterId, name }: InviterNamed, reason: string) => {
    const done = wasDone(await deed(`disqualify:${inviterId}`, "invite.disqualify", { inviterId, reason }));
    if (done) notify({ tone: "sure", title: words("disqualifyDone", { name }) });
    return done;
  };
  return (
    <div className="flex flex-col gap-3 px-6 pt-3 pb-24 max-sm:px-3">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="sr-only">{words("heading")}</h2>
        <BoardActs />
        <p className="text-xs text-faint tabular-nums">
          {words("total", { inviters: count(inviters), total: count(total) })}
        </p>
        <SignupRules />
      </header>
      <div className="grid grid-cols-[minmax(0,1.5fr)_minmax(340px,1fr)] gap-6 max-xl:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4">
          <RankTable onChain={setChain} onDisqualify={setOut} />
          <DisqualifiedList />
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-xl:row-start-1">
          <HeldInvites />
          <DepthPart />
        </div>
      </div>
      {chain ? <ChainDrawer key={chain.inviterId} of={chain} onClose={() => setChain(null)} /> : null}
      {out ? (
        <WordsDialog
          title={words("disqualifyTitle", { name: out.name })}
          text={words("disqualifyText")}
          label={words("reason")}
          placeholder={words("reasonPlaceholder")}
          missing={words("reasonMissing")}
          submit={words("disqualify")}
          danger
          onSubmit={(reason) => disqualify(out, reason)}
          onClose={() => setOut(null)}
        />
      ) : null}
    </div>
  );
}
