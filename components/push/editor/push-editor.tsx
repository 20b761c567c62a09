"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { fieldsOfCopy } from "#domain/push/copy.ts";
import { instant } from "#domain/units.ts";
import type { PushKind } from "#domain/push/shapes.ts";
import type { PushRow } from "#domain/push/rows.ts";
import { dayTime } from "../../format/time.ts";
import { useDeed, wasDone } from "../../live/use-deed.ts";
import { Clashes, useWholeDraft } from "../../plan/clashes.tsx";
import { useWhoDid } from "../../plan/plan-context.tsx";
import { useProductOptions } from "../../plan/product-options.ts";
import type { Rebased } from "../../plan/rebase.ts";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { DateTimeField } from "../../ui/date-time-field.tsx";
import { Drawer } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Callout } from "../../ui/states.tsx";
import { Switch } from "../../ui/switch.tsx";
import { usePushDesk } from "../push-desk.tsx";
import { usePushActs } from "../use-push-acts.ts";
import { useWhenWords } from "../when-words.ts";
import { AudienceField } from "./audience-field.tsx";
import { CopyField } from "./copy-field.tsx";
import { draftOf, freshDraft, ofKind, problemsOf, type DraftProblem, type PushDraft } from "./draft.ts";
import { KindField } from "./kind-field.tsx";
import { PhonePreview } from "./phone-preview.tsx";
import { useLiveValues } from "./use-live-values.ts";
import { WhenField } from "./when-field.tsx";

/** A copy starts as what it is a copy of, and is a push of its own. */
export type Opening =
  | { readonly as: "new"; readonly kind: PushKind }
  | { readonly as: "copy"; readonly push: PushRow }
  | { readonly as: "edit"; readonly pushId: string };

const isMine = (data: unknown, pushId: string | null): boolean =>
  typeof data === "object" && data !== null && "pushId" in data && data.pushId === pushId;

/** A push is written as a whole, against what this screen saw of it; what a colleague writes meanwhile is shown and chosen from. */
export function PushEditor({ opening, onClose }: { opening: Opening; onClose: () => void }) {
  const words = useTranslations("push.editor");
  const pushId = opening.as === "edit" ? opening.pushId : null;
  const push = useSession((show) => (pushId === null ? undefined : show.pushes.get(pushId)));
  const [first] = useState(() => firstOf(opening, words));
  const form = useWholeDraft<PushDraft>(push && draftOf(push), first);
  const { rebased, draft, change, settle } = form;
  const { mayPlan } = usePushDesk();
  const whoDid = useWhoDid();
  const live = useLiveValues(draft.about);
  const [asked, setAsked] = useState(false);
  const problems = problemsOf(draft);
  const gone = pushId !== null && !push;
  const frozen = push !== undefined && (push.rounds > 0 || push.armed !== null || push.closed !== null);
  const disabled = !mayPlan || frozen || gone;
  const { busy, save } = useSave({ pushId, form, onClose });
  const submit = () => {
    setAsked(true);
    if (problems.length === 0 && rebased.clashes.length === 0) void save();
  };
  const problem = useProblemWords(
    asked ? problems : problems.filter((one) => one === "internal" || one === "copyTooLong" || one === "cardTooLong"),
  );
  return (
    <Drawer
      open
      onOpenChange={onClose}
      width="xl"
      title={pushId === null ? words("newTitle") : (push?.title ?? words("goneTitle"))}
      footer={
        <Footer
          disabled={disabled || rebased.clashes.length > 0}
          busy={busy}
          missing={asked ? problems.length : 0}
          onClose={onClose}
          onSave={submit}
        />
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex min-w-0 flex-col gap-5">
          <PushClashes
            rebased={rebased}
            who={whoDid(({ type, data }) => type === "push.edited.v1" && isMine(data, pushId))}
            onSettle={settle}
          />
          {gone ? <Callout tone="wait">{words("gone")}</Callout> : null}
          {frozen ? <Callout tone="wait">{words("frozen")}</Callout> : null}
          <KindField
            kind={draft.kind}
            fixed={pushId !== null || disabled}
            onChange={(kind) => change(ofKind(draft, kind))}
          />
          <Field label={words("title")} hint={words("titleHint")} required error={problem("title") ?? undefined}>
            <Input
              autoFocus={pushId === null}
              maxLength={60}
              value={draft.title}
              disabled={disabled}
              onChange={(event) => change({ title: event.target.value })}
            />
          </Field>
          <AudienceField draft={draft} disabled={disabled} problem={problem("audience", "robots")} onChange={change} />
          <WhenField draft={draft} disabled={disabled} onChange={change} />
          <UselessField draft={draft} disabled={disabled} onChange={change} />
          <CopyField
            draft={draft}
            live={live}
            disabled={disabled}
            problems={{
              text: problem("internal", "copyEmpty", "copyTooLong"),
              card: problem("cardIncomplete", "cardTooLong"),
              link: problem("cardNeedsLink", "link"),
            }}
            onChange={change}
          />
          <AboutField draft={draft} disabled={disabled} onChange={change} />
        </div>
        <div className="lg:sticky lg:top-0">
          <PhonePreview draft={draft} live={live} />
        </div>
      </div>
    </Drawer>
  );
}

type FooterProps = { disabled: boolean; busy: boolean; missing: number; onClose: () => void; onSave: () => void };

function Footer({ disabled, busy, missing, onClose, onSave }: FooterProps) {
  const words = useTranslations("push.editor");
  const ui = useTranslations("ui");
  return (
    <>
      <span
        role="status"
        className={missing > 0 ? "mr-auto text-xs text-air-ink" : "mr-auto text-xs text-faint max-sm:hidden"}
      >
        {missing > 0 ? words("missing", { count: missing }) : words("saveHint")}
      </span>
      <Button onClick={onClose}>{ui("cancel")}</Button>
      <Button look="primary" disabled={disabled} busy={busy} onClick={onSave}>
        {ui("save")}
      </Button>
    </>
  );
}

type EditorWords = ReturnType<typeof useTranslations<"push.editor">>;

function firstOf(opening: Opening, words: EditorWords): PushDraft {
  if (opening.as === "new") return freshDraft(opening.kind);
  if (opening.as === "edit") return freshDraft("groups");
  const draft = draftOf(opening.push);
  return {
    ...draft,
    title: Array.from(words("copyOf", { title: draft.title }))
      .slice(0, 60)
      .join(""),
  };
}

type Form = ReturnType<typeof useWholeDraft<PushDraft>>;

/** A new push is planned; a known one is changed, with what the screen saw of each changed field. */
function useSave({ pushId, form, onClose }: { pushId: string | null; form: Form; onClose: () => void }) {
  const words = useTranslations("push.editor");
  const deed = useDeed();
  const { offerUndo } = usePushActs();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const { to, from } = form.edit();
    const { kind: _kind, ...changes } = to;
    if (pushId !== null && Object.keys(changes).length === 0) return onClose();
    const sent =
      pushId === null
        ? await deed("push:new", "push.plan", { ...form.draft, title: form.draft.title.trim() })
        : await deed(`push:${pushId}`, "push.edit", { pushId, to: changes }, { expect: from });
    setBusy(false);
    if (!wasDone(sent)) return;
    if (sent?.status === "ok")
      offerUndo(sent, words(pushId === null ? "planned" : "changed", { title: form.draft.title }));
    onClose();
  };
  return { busy, save };
}

function useProblemWords(problems: readonly DraftProblem[]) {
  const words = useTranslations("push.problem");
  return (...codes: DraftProblem[]): string | null => {
    const found = codes.find((code) => problems.includes(code));
    return found ? words(found) : null;
  };
}

type ClashesProps = {
  rebased: Rebased<PushDraft>;
  who: string | undefined;
  onSettle: (field: keyof PushDraft, by: "mine" | "theirs") => void;
};

function PushClashes({ rebased, who, onSettle }: ClashesProps) {
  const words = useTranslations("push.editor");
  const when = useWhenWords();
  const show = (of: PushDraft, field: keyof PushDraft): string => {
    if (field === "when") return when(of.when);
    if (field === "copy") return of.copy.text;
    if (field === "useBy") return of.useBy === null ? "" : dayTime(of.useBy);
    if (field === "leadMs") return words("minutes", { count: Math.round(of.leadMs / 60_000) });
    if (field === "title") return of.title;
    return words("other");
  };
  return (
    <Clashes rebased={rebased} who={who} label={(field) => words(`field.${field}`)} show={show} onSettle={onSettle} />
  );
}

type PartProps = { draft: PushDraft; disabled: boolean; onChange: (part: Partial<PushDraft>) => void };

function UselessField({ draft: { useBy, outlives }, disabled, onChange }: PartProps) {
  const words = useTranslations("push.useless");
  return (
    <div className="flex flex-wrap items-end gap-x-5 gap-y-2">
      <Field
        label={words("label")}
        hint={words(useBy === null ? (outlives ? "never" : "withEnd") : "hint")}
        className="w-64"
      >
        <DateTimeField value={useBy} disabled={disabled} onCommit={(at) => onChange({ useBy: instant(at) })} />
      </Field>
      <div className="flex items-center gap-4 pb-6">
        {useBy === null ? null : (
          <Button size="sm" look="ghost" disabled={disabled} onClick={() => onChange({ useBy: null })}>
            {words("clear")}
          </Button>
        )}
        <Switch
          checked={outlives}
          disabled={disabled}
          onChange={(next) => onChange({ outlives: next })}
          label={words("outlives")}
        />
      </div>
    </div>
  );
}

/** Which product or coupon the figures are of; asked only where the words name one. */
function AboutField({ draft: { copy, about }, disabled, onChange }: PartProps) {
  const words = useTranslations("push.about");
  const products = useProductOptions();
  const coupons = useSession((show) => show.coupons);
  const fields = fieldsOfCopy(copy);
  const ofProduct = fields.includes("product") || fields.includes("price");
  const ofCoupon = fields.includes("couponsLeft");
  if (!ofProduct && !ofCoupon) return null;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {ofProduct ? (
        <Field label={words("product")} hint={words("productHint")}>
          <Combobox
            clearable
            options={products}
            value={about.productId}
            disabled={disabled}
            placeholder={words("productAuto")}
            onChange={(productId) => onChange({ about: { ...about, productId } })}
          />
        </Field>
      ) : null}
      {ofCoupon ? (
        <Field label={words("coupon")} hint={words("couponHint")}>
          <Combobox
            clearable
            options={[...coupons.values()].map(({ couponId, title }) => ({ value: couponId, label: title }))}
            value={about.couponId}
            disabled={disabled}
            placeholder={words("couponAuto")}
            onChange={(couponId) => onChange({ about: { ...about, couponId } })}
          />
        </Field>
      ) : null}
    </div>
  );
}
