"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RewardStepRow } from "#domain/reward/rows.ts";
import { useDesk } from "../../live/desk.tsx";
import { Clashes, useWholeDraft } from "../../plan/clashes.tsx";
import { RecordDrawer } from "../../plan/record-drawer.tsx";
import { useAct } from "../../session/use-act.ts";
import { useSend, useSession } from "../../session/session-provider.tsx";
import { useSentWords } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Callout } from "../../ui/states.tsx";
import { notify } from "../../ui/toast.tsx";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { InsteadOfH5 } from "./instead-of-h5.tsx";
import { insteadOf, type Instead } from "./instead.ts";
import { StepFields, type StepDraft } from "./step-fields.tsx";

const FRESH: StepDraft = {
  threshold: 3,
  title: "",
  valueFen: 0,
  stock: 100,
  carrier: "contactGift",
  delivery: "staff",
  rules: "",
};

const draftOf = ({ threshold, title, valueFen, stock, carrier, delivery, rules }: RewardStepRow): StepDraft => ({
  threshold,
  title,
  valueFen,
  stock,
  carrier,
  delivery,
  rules,
});

/** `stepId: null`: a new one. */
export function StepDrawer({ stepId, onClose }: { stepId: string | null; onClose: () => void }) {
  const words = useTranslations("warmupPlan.rewards");
  const step = useSession((show) => (stepId === null ? undefined : show.rewardSteps.get(stepId)));
  const mayPlan = useDesk().may(PAGE_PLANNERS);
  const form = useWholeDraft<StepDraft>(step && draftOf(step), FRESH);
  const { rebased, draft, change, settle } = form;
  const { busy, instead, asked, submit, planInstead, remove } = useSaving({ stepId, form, onClose });
  const inUse = (step?.issued ?? 0) > 0;
  return (
    <RecordDrawer
      title={step ? step.title : words("newTitle")}
      disabled={!mayPlan}
      clashing={rebased.clashes.length > 0}
      busy={busy}
      acts={
        step ? (
          <Button
            look="danger"
            className="mr-auto"
            disabled={!mayPlan || inUse}
            title={inUse ? words("cantRemove") : undefined}
            onClick={() => void remove()}
          >
            {words("remove")}
          </Button>
        ) : null
      }
      onSave={submit}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <Clashes
          rebased={rebased}
          who={undefined}
          label={(field) => words(LABELS[field])}
          show={(of, field) => String(of[field] ?? "")}
          onSettle={settle}
        />
        {inUse ? <Callout>{words("inUse", { count: step?.issued ?? 0 })}</Callout> : null}
        {instead === null ? null : <InsteadOfH5 instead={instead} disabled={!mayPlan || busy} onPlan={planInstead} />}
        <StepFields draft={draft} inUse={inUse} disabled={!mayPlan} asked={asked} change={change} />
      </div>
    </RecordDrawer>
  );
}

const LABELS = {
  threshold: "threshold",
  title: "title",
  valueFen: "value",
  stock: "stock",
  carrier: "carrier",
  delivery: "delivery",
  rules: "rules",
} as const;

type Saving = { stepId: string | null; form: ReturnType<typeof useWholeDraft<StepDraft>>; onClose: () => void };

/** The rule refuses rewards on H5 and says what may stand in their place; those are one press away. */
function useSaving({ stepId, form, onClose }: Saving) {
  const words = useTranslations("warmupPlan.rewards");
  const send = useSend();
  const explain = useSentWords();
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [instead, setInstead] = useState<readonly Instead[] | null>(null);
  const planned = async (wanted: StepDraft, to: object): Promise<void> => {
    setBusy(true);
    const { threshold, title, ...plan } = wanted;
    const sent =
      stepId === null
        ? await send("reward.plan", { ...plan, threshold: threshold ?? 0, title: title.trim() })
        : await send("reward.edit", { stepId, to }, { expect: form.edit().from });
    setBusy(false);
    if (sent.status === "rejected" && sent.code === "reward.h5Invite") return setInstead(insteadOf(sent.data));
    const refused = explain(sent);
    if (refused !== null) return notify({ tone: sent.status === "rejected" ? "wait" : "air", title: refused });
    if (instead !== null) {
      notify({ tone: "sure", title: words("h5.planned", { carrier: words(`carrierOf.${wanted.carrier}`), title }) });
    }
    onClose();
  };
  return {
    busy,
    asked,
    instead,
    submit: () => {
      setAsked(true);
      const { title, threshold, carrier, stock } = form.draft;
      if (title.trim() === "" || threshold === null || (carrier !== "honour" && carrier !== "h5" && stock === null))
        return;
      const { to } = form.edit();
      if (stepId !== null && Object.keys(to).length === 0) return onClose();
      void planned(form.draft, to);
    },
    planInstead: ({ carrier, delivery, valueFen }: Instead) => {
      const stock = carrier === "honour" ? null : (form.draft.stock ?? 0);
      const part = { carrier, delivery, valueFen, stock } as const;
      void planned({ ...form.draft, ...part }, { ...form.edit().to, ...part });
    },
    remove: async () => {
      if (stepId !== null && (await act("reward.remove", { stepId }))) onClose();
    },
  };
}
