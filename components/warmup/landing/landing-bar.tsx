"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Block } from "#domain/landing/blocks.ts";
import type { ComplianceRow } from "#domain/compliance/state.ts";
import { dayTime } from "../../format/time.ts";
import { useAct } from "../../session/use-act.ts";
import { useNames, useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { useFindingWords } from "../compliance/finding-words.ts";
import { placeOf, useLandingFaults, type ShownFault } from "./use-landing.ts";

type Props = {
  blocks: readonly Block[];
  findings: readonly ComplianceRow[];
  disabled: boolean;
  onChoose: (id: string) => void;
};

/** What viewers see of it, what keeps the draft from them, and the press that shows it to them. */
export function LandingBar({ blocks, findings, disabled, onChoose }: Props) {
  const words = useTranslations("warmupPlan.landing");
  const { published, differs, version } = useSession((show) => show.landing);
  const faults = useLandingFaults();
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const stopping = findings.filter(({ severity }) => severity === "block");
  const ready = faults.length + stopping.length === 0;
  const publish = async () => {
    setBusy(true);
    if (await act("landing.publish", {}, { expect: { version } })) {
      notify({ tone: "sure", title: words("publishedDone") });
    }
    setBusy(false);
  };
  const unpublish = async () => {
    const done = await act("landing.unpublish", {});
    if (done) notify({ tone: "sure", title: words("unpublishedDone") });
    return done;
  };
  return (
    <div className="flex flex-col gap-2 border-b px-6 py-2.5 max-sm:px-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <State />
        <div className="ml-auto flex gap-2">
          {published ? (
            <Button size="sm" look="ghost" disabled={disabled} onClick={() => setAsking(true)}>
              {words("unpublish")}
            </Button>
          ) : null}
          <Button
            look="primary"
            disabled={disabled || !ready || !differs}
            title={ready ? undefined : words("notYet")}
            busy={busy}
            onClick={() => void publish()}
          >
            {words(published ? "publishAgain" : "publish")}
          </Button>
        </div>
      </div>
      {ready || blocks.length === 0 ? null : (
        <Obstacles blocks={blocks} faults={faults} findings={stopping} onChoose={onChoose} />
      )}
      <Warnings findings={findings} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={words("unpublishTitle")}
        confirmLabel={words("unpublish")}
        onConfirm={unpublish}
      >
        {words("unpublishText")}
      </ConfirmDialog>
    </div>
  );
}

function State() {
  const words = useTranslations("warmupPlan.landing.state");
  const ui = useTranslations("ui");
  const names = useNames();
  const { published, differs } = useSession((show) => show.landing);
  if (!published) return <Tag tone="wait">{words("draft")}</Tag>;
  const by = names(published.by) ?? ui("unknownPerson");
  return (
    <>
      <Tag tone="sure">{words("published", { rev: published.rev })}</Tag>
      {differs ? <Tag tone="wait">{words("differs")}</Tag> : null}
      <span className="text-xs text-faint">{words("by", { by, time: dayTime(published.at) })}</span>
    </>
  );
}

type ObstacleProps = {
  blocks: readonly Block[];
  faults: readonly ShownFault[];
  findings: readonly ComplianceRow[];
  onChoose: (id: string) => void;
};

/** Why it can't be published, each with the way to where it is mended. */
function Obstacles({ blocks, faults, findings, onChoose }: ObstacleProps) {
  const words = useTranslations("warmupPlan.landing");
  const { says, place } = useFindingWords();
  const faultWords = useFaultWords(blocks);
  const lines = [
    ...faults.map((fault) => ({
      key: `${fault.code}:${fault.part ?? ""}`,
      text: faultWords(fault),
      id: placeOf(fault),
    })),
    ...findings.map((finding) => ({
      key: finding.findingId,
      text: `${place(finding)}:${finding.words === "" ? "" : `「${finding.words}」`}${says(finding)}`,
      id: finding.where.id === "blocks" ? null : finding.where.id,
    })),
  ];
  return (
    <div role="status" className="rounded-md border border-wait-edge bg-wait-soft px-3 py-2 text-xs text-wait-ink">
      <p className="pb-1 font-semibold">{words("notYet")}</p>
      <ul className="flex flex-wrap gap-x-6 gap-y-0.5">
        {lines.map(({ key, text, id }) => (
          <li key={key} className="flex items-baseline gap-2">
            <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
            {id === null ? null : (
              <button type="button" className="shrink-0 underline" onClick={() => onChoose(id)}>
                {words("fix")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

const FAULTS = [
  "noHero",
  "noAct",
  "noProof",
  "wrongOrder",
  "noChannelsName",
  "noJoinCode",
  "noConsent",
  "noPrivacy",
] as const;

function useFaultWords(blocks: readonly Block[]) {
  const words = useTranslations("warmupPlan.landing");
  return ({ code, part, blockId }: ShownFault): string => {
    const known = FAULTS.find((one) => one === code);
    if (!known) return code;
    const block = blocks.find((one) => one.blockId === blockId);
    return words(`fault.${known}`, {
      part: part ? words(`part.${part}`) : "",
      title: block ? block.title || words(`kind.${block.kind}`) : "",
    });
  };
}

function Warnings({ findings }: { findings: readonly ComplianceRow[] }) {
  const words = useTranslations("warmupPlan.landing");
  const open = findings.filter(({ severity, accepted }) => severity === "warn" && accepted === null).length;
  if (open === 0) return null;
  return (
    <p className="text-xs text-dim">
      {words("warnings", { count: open })}{" "}
      <a className="underline" href="#compliance">
        {words("toCompliance")}
      </a>
    </p>
  );
}
