"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CommandInput } from "#domain/ops/index.ts";
import { yuan } from "../format/money.ts";
import { duration } from "../format/time.ts";
import { useAct } from "../session/use-act.ts";
import { useSession } from "../session/session-provider.tsx";
import type { LotteryRow } from "../session/show-slices.ts";
import { useList } from "../ui/use-list.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { MoneyField } from "../ui/money-field.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Select } from "../ui/select.tsx";
import { Callout } from "../ui/states.tsx";
import { Checkbox } from "../ui/switch.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { Clashes, useWholeDraft } from "./clashes.tsx";
import { RecordDrawer } from "./record-drawer.tsx";
import { isAbout, useMayPlan, useWhoDid } from "./plan-context.tsx";
import type { Rebased } from "./rebase.ts";
import type { Whole } from "./whole.ts";

type Plan = CommandInput<"lottery.plan">;
type Draft = Whole<Plan>;
type Condition = Draft["conditions"][number];
type Prize = Draft["prizes"][number];

const fresh = (carrier: Draft["carrier"]): Draft => ({
  carrier,
  title: "",
  prizes: [{ name: "", count: 1, valueFen: 0 }],
  durationMs: 5 * 60_000,
  conditions: [],
  conditionText: "",
  rules: "",
});

function draftOf({ carrier, title, prizes, durationMs, conditions, conditionText, rules }: LotteryRow): Draft {
  return { carrier, title, prizes: [...prizes], durationMs, conditions: [...conditions], conditionText, rules };
}

/** A draw is written as a whole: its rules, prizes and odds are what people are promised at its opening. */
export function LotteryDrawer({ lotteryId, onClose }: { lotteryId: string | null; onClose: () => void }) {
  const words = useTranslations("plan.lotteries");
  const ui = useTranslations("ui");
  const lottery = useSession((show) => (lotteryId === null ? undefined : show.lotteries.get(lotteryId)));
  const act = useAct();
  const { rebased, draft, change, settle, edit } = useWholeDraft<Draft>(
    lottery && draftOf(lottery),
    fresh("platformBag"),
  );
  const whoDid = useWhoDid();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const frozen = lottery !== undefined && lottery.state !== "planned";
  const disabled = !useMayPlan() || frozen;
  const untitled = draft.title.trim() === "";
  const nameless = draft.prizes.some(({ name }) => name.trim() === "");
  const submit = async () => {
    setAsked(true);
    if (untitled || nameless || rebased.clashes.length > 0) return;
    setBusy(true);
    const done = lotteryId === null ? await act("lottery.plan", draft) : await save(lotteryId);
    setBusy(false);
    if (done) onClose();
  };
  const save = async (id: string) => {
    const { to, from } = edit();
    return Object.keys(to).length === 0 || (await act("lottery.edit", { lotteryId: id, to }, { expect: { from } }));
  };
  const remove = async () => {
    if (lotteryId !== null && (await act("lottery.remove", { lotteryId }))) onClose();
  };
  return (
    <RecordDrawer
      title={lottery ? lottery.title : words("newTitle")}
      disabled={disabled}
      clashing={rebased.clashes.length > 0}
      busy={busy}
      acts={
        lottery ? (
          <Button look="danger" className="mr-auto" disabled={disabled} onClick={() => void remove()}>
            {ui("remove")}
          </Button>
        ) : null
      }
      onSave={() => void submit()}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <LotteryClashes
          rebased={rebased}
          who={whoDid(({ type, data }) => type === "lottery.edited.v1" && isAbout(data, lotteryId))}
          onSettle={settle}
        />
        {frozen ? <Callout tone="wait">{words("frozen")}</Callout> : null}
        <Field label={words("carrier")} hint={words(`carrierHint.${draft.carrier}`)}>
          <Segmented
            label={words("carrier")}
            value={draft.carrier}
            onChange={(carrier) => {
              if (!lottery) change({ carrier, conditions: [] });
            }}
            options={(lottery ? [draft.carrier] : (["platformBag", "ownDraw"] as const)).map((carrier) => ({
              value: carrier,
              label: words(`carrierOf.${carrier}`),
            }))}
          />
        </Field>
        <div className="grid grid-cols-[1fr_120px] gap-4">
          <Field label={words("title")} required error={asked && untitled ? words("titleMissing") : undefined}>
            <Input
              autoFocus={!lottery}
              maxLength={60}
              value={draft.title}
              disabled={disabled}
              placeholder={words("titlePlaceholder")}
              onChange={(event) => change({ title: event.target.value })}
            />
          </Field>
          <Field label={words("minutes")} required>
            <NumberField
              min={1}
              max={10_080}
              disabled={disabled}
              value={Math.round(draft.durationMs / 60_000)}
              onCommit={(minutes) => minutes !== null && change({ durationMs: minutes * 60_000 })}
            />
          </Field>
        </div>
        <Prizes
          prizes={draft.prizes}
          disabled={disabled}
          problem={asked && nameless ? words("prizeNameless") : null}
          onChange={(prizes) => change({ prizes })}
        />
        {draft.carrier === "ownDraw" ? (
          <Conditions
            conditions={draft.conditions}
            disabled={disabled}
            onChange={(conditions) => change({ conditions })}
          />
        ) : (
          <Field label={words("conditionText")} hint={words("conditionTextHint")}>
            <Input
              maxLength={200}
              value={draft.conditionText}
              disabled={disabled}
              onChange={(event) => change({ conditionText: event.target.value })}
            />
          </Field>
        )}
        <Field
          label={words("rules")}
          hint={words(draft.carrier === "ownDraw" ? "rulesHintOwn" : "rulesHint")}
          required={draft.carrier === "ownDraw"}
        >
          <Textarea
            className="min-h-32"
            maxLength={2000}
            value={draft.rules}
            disabled={disabled}
            onChange={(event) => change({ rules: event.target.value })}
          />
        </Field>
        {draft.carrier === "ownDraw" ? (
          <p className="text-xs text-faint">
            {words("odds", { count: draft.prizes.reduce((sum, { count }) => sum + count, 0) })}
          </p>
        ) : null}
      </div>
    </RecordDrawer>
  );
}

type ClashesProps = {
  rebased: Rebased<Draft>;
  who: string | undefined;
  onSettle: (field: keyof Draft, by: "mine" | "theirs") => void;
};

function LotteryClashes({ rebased, who, onSettle }: ClashesProps) {
  const words = useTranslations("plan.lotteries");
  const list = useList();
  const label = (field: keyof Draft) => words(field === "durationMs" ? "duration" : field);
  const show = (of: Draft, field: keyof Draft): string => {
    if (field === "carrier") return words(`carrierOf.${of.carrier}`);
    if (field === "durationMs") return duration(of.durationMs);
    if (field === "conditions") return list(of.conditions.map(({ kind }) => words(`condition.${kind}`)));
    if (field === "prizes")
      return list(of.prizes.map(({ name, count, valueFen }) => `${name} ${yuan(valueFen)} × ${count}`));
    return of[field];
  };
  return <Clashes rebased={rebased} who={who} label={label} show={show} onSettle={onSettle} />;
}

function Prizes({
  prizes,
  disabled,
  problem,
  onChange,
}: {
  prizes: readonly Prize[];
  disabled: boolean;
  problem: string | null;
  onChange: (prizes: Prize[]) => void;
}) {
  const words = useTranslations("plan.lotteries");
  const set = (index: number, part: Partial<Prize>) =>
    onChange(prizes.map((prize, at) => (at === index ? { ...prize, ...part } : prize)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 flex w-full items-center justify-between text-xs text-dim">
        {words("prizes")}
        <Button
          size="sm"
          disabled={disabled || prizes.length >= 20}
          onClick={() => onChange([...prizes, { name: "", count: 1, valueFen: 0 }])}
        >
          <Icon name="plus" size={12} />
          {words("addPrize")}
        </Button>
      </legend>
      {prizes.map((prize, index) => (
        <div key={prize.prizeId ?? index} className="grid grid-cols-[1fr_90px_120px_28px] items-center gap-2">
          <Input
            size="sm"
            aria-label={words("prizeName")}
            placeholder={words("prizeName")}
            maxLength={60}
            value={prize.name}
            aria-invalid={(problem !== null && prize.name.trim() === "") || undefined}
            disabled={disabled}
            onChange={(event) => set(index, { name: event.target.value })}
          />
          <NumberField
            size="sm"
            aria-label={words("prizeCount")}
            min={1}
            max={1_000}
            value={prize.count}
            disabled={disabled}
            onCommit={(count) => count !== null && set(index, { count })}
          />
          <MoneyField
            size="sm"
            aria-label={words("prizeValue")}
            allowEmpty={false}
            value={prize.valueFen}
            disabled={disabled}
            onCommit={(valueFen) => valueFen !== null && set(index, { valueFen })}
          />
          <IconButton
            label={words("removePrize")}
            size="iconSm"
            disabled={disabled || prizes.length === 1}
            onClick={() => onChange(prizes.filter((_, at) => at !== index))}
          >
            <Icon name="close" size={12} />
          </IconButton>
        </div>
      ))}
      {problem === null ? (
        <p className="text-xs text-faint">{words("prizesHint")}</p>
      ) : (
        <p role="alert" className="text-xs text-air-ink">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

function Conditions({
  conditions,
  disabled,
  onChange,
}: {
  conditions: readonly Condition[];
  disabled: boolean;
  onChange: (conditions: Condition[]) => void;
}) {
  const words = useTranslations("plan.lotteries");
  const coupons = useSession((show) => show.coupons);
  const own = [...coupons.values()].filter(({ carrier }) => carrier === "own");
  const find = <K extends Condition["kind"]>(kind: K) =>
    conditions.find((condition): condition is Extract<Condition, { kind: K }> => condition.kind === kind);
  const put = (kind: Condition["kind"], next: Condition | null) =>
    onChange([...conditions.filter((condition) => condition.kind !== kind), ...(next ? [next] : [])]);
  const claimed = find("ownCouponClaimed");
  const phrase = find("commentedPhrase");
  const [firstCoupon] = own;
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-1 text-xs text-dim">{words("conditions")}</legend>
      <Checkbox
        disabled={disabled}
        checked={find("ordered") !== undefined}
        label={words("condition.ordered")}
        onChange={(on) => put("ordered", on ? { kind: "ordered" } : null)}
      />
      <Checkbox
        disabled={disabled}
        checked={find("signedUp") !== undefined}
        label={words("condition.signedUp")}
        onChange={(on) => put("signedUp", on ? { kind: "signedUp" } : null)}
      />
      <Checkbox
        disabled={disabled || !firstCoupon}
        checked={claimed !== undefined}
        label={words("condition.ownCouponClaimed")}
        hint={firstCoupon ? undefined : words("noOwnCoupon")}
        onChange={(on) =>
          put(
            "ownCouponClaimed",
            on && firstCoupon ? { kind: "ownCouponClaimed", couponId: firstCoupon.couponId } : null,
          )
        }
      />
      {claimed ? (
        <Select
          size="sm"
          className="ml-6 w-64"
          aria-label={words("condition.ownCouponClaimed")}
          disabled={disabled}
          value={claimed.couponId}
          onChange={(couponId) => put("ownCouponClaimed", { kind: "ownCouponClaimed", couponId })}
          options={own.map(({ couponId, title }) => ({ value: couponId, label: title }))}
        />
      ) : null}
      <Checkbox
        disabled={disabled}
        checked={phrase !== undefined}
        label={words("condition.commentedPhrase")}
        hint={words("phraseHint")}
        onChange={(on) =>
          put("commentedPhrase", on ? { kind: "commentedPhrase", phrase: words("phraseExample") } : null)
        }
      />
      {phrase ? (
        <Input
          size="sm"
          className="ml-6 w-64"
          aria-label={words("condition.commentedPhrase")}
          maxLength={24}
          disabled={disabled}
          value={phrase.phrase}
          onChange={(event) => put("commentedPhrase", { kind: "commentedPhrase", phrase: event.target.value })}
        />
      ) : null}
    </fieldset>
  );
}
