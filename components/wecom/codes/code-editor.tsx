"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { WECOM_CHARS, WECOM_COUNTS } from "#domain/wecom-limits.ts";
import { request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Callout } from "../../ui/states.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Code, type CodeDraft, type CodeKind, draftOf, isComplete, welcomeFaults, wishOf } from "./code-data.ts";
import { ContactTags } from "./contact-tags.tsx";
import { PhonePreview } from "./phone-preview.tsx";
import { TargetPicker } from "./target-picker.tsx";
import { WelcomeComposer } from "./welcome-composer.tsx";

const CHANNEL_CHARS = 30;

type Props = { corpId: string; code: Code | null; kind: CodeKind; onClose: () => void; onSaved: (code: Code) => void };

/** Makes a code, or changes what one leads to: its picture stays the same. */
export function CodeEditor({ corpId, code, kind, onClose, onSaved }: Props) {
  const words = useTranslations("wecomDesk.codes");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [draft, setDraft] = useState<CodeDraft>(() => draftOf(code, kind));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<CodeDraft>) => setDraft((before) => ({ ...before, ...part }));
  const welcome = draft.welcome ?? { text: "", cards: [] };
  const isReady =
    draft.name.trim() !== "" &&
    draft.targets.length > 0 &&
    (draft.nextGroup === null || draft.nextGroup.baseName.trim() !== "") &&
    welcomeFaults(welcome).length === 0 &&
    welcome.cards.every(isComplete);
  const submit = async () => {
    setBusy(true);
    const reply = await request(code ? `/api/v1/wecom/codes/${code.id}` : `/api/v1/wecom/corps/${corpId}/codes`, {
      method: code ? "PUT" : "POST",
      body: wishOf(draft),
      shape: Code,
    });
    setBusy(false);
    if (reply.ok) onSaved(reply.value);
    else setProblem(explain(reply.failure));
  };
  const isContact = kind === "contact";
  return (
    <Dialog
      open
      width={isContact ? "xl" : "md"}
      onOpenChange={onClose}
      title={code ? words("editTitle", { name: code.name }) : words(isContact ? "newContact" : "newGroup")}
      description={words(isContact ? "contactHint" : "groupHint")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={busy} disabled={!isReady} onClick={() => void submit()}>
            {words(code ? "save" : "make")}
          </Button>
        </>
      }
    >
      <div className={isContact ? "grid gap-8 md:grid-cols-[minmax(0,1fr)_320px]" : ""}>
        <div className="flex min-w-0 flex-col gap-4">
          {problem ? <Callout tone="air">{problem}</Callout> : null}
          <div className="grid grid-cols-2 gap-3">
            <Field label={words("name")} hint={words("nameHint")} required>
              <Input
                autoFocus
                maxLength={WECOM_CHARS.remark}
                value={draft.name}
                onChange={(event) => change({ name: event.target.value })}
              />
            </Field>
            <Field label={words("channel")} hint={words("channelHint")}>
              <Input
                maxLength={CHANNEL_CHARS}
                value={draft.channel}
                onChange={(event) => change({ channel: event.target.value })}
              />
            </Field>
          </div>
          <TargetPicker
            corpId={corpId}
            kind={kind}
            chosen={draft.targets}
            max={isContact ? WECOM_COUNTS.staffOfContactWay : WECOM_COUNTS.groupsOfJoinWay}
            onChange={(targets) => change({ targets })}
          />
          {isContact ? (
            <>
              <Switch
                label={words("skipVerify")}
                hint={words("skipVerifyHint")}
                checked={draft.skipVerify}
                onChange={(skipVerify) => change({ skipVerify })}
              />
              <ContactTags corpId={corpId} value={draft.tagIds} onChange={(tagIds) => change({ tagIds })} />
              <WelcomeComposer corpId={corpId} welcome={welcome} onChange={(next) => change({ welcome: next })} />
            </>
          ) : (
            <NextGroup draft={draft} onChange={(nextGroup) => change({ nextGroup })} />
          )}
        </div>
        {isContact ? (
          <div className="self-start md:sticky md:top-0">
            <PhonePreview welcome={welcome} />
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}

/** "示例群 12" is followed by "示例群 13". */
function nextAfter(name: string): { readonly baseName: string; readonly firstNumber: number } {
  const [, base = "", number = ""] = /^(.*?)(\d{0,5})$/.exec(name) ?? [];
  return { baseName: base.slice(0, WECOM_CHARS.joinWayRoomName), firstNumber: number === "" ? 1 : Number(number) + 1 };
}

type NextProps = { draft: CodeDraft; onChange: (next: CodeDraft["nextGroup"]) => void };

/** WeCom makes the next group itself when all are full. */
function NextGroup({ draft: { nextGroup, targets }, onChange }: NextProps) {
  const words = useTranslations("wecomDesk.codes");
  const start = () => nextAfter(targets.at(-1)?.name ?? "");
  return (
    <fieldset className="flex flex-col gap-3">
      <Switch
        label={words("nextGroup")}
        hint={words("nextGroupHint")}
        checked={nextGroup !== null}
        onChange={(on) => onChange(on ? start() : null)}
      />
      {nextGroup === null ? null : (
        <div className="grid grid-cols-[minmax(0,1fr)_120px] gap-3">
          <Field label={words("baseName")} required>
            <Input
              maxLength={WECOM_CHARS.joinWayRoomName}
              value={nextGroup.baseName}
              onChange={(event) => onChange({ ...nextGroup, baseName: event.target.value })}
            />
          </Field>
          <Field label={words("firstNumber")}>
            <NumberField
              min={1}
              max={100_000}
              value={nextGroup.firstNumber}
              onCommit={(firstNumber) => onChange({ ...nextGroup, firstNumber: firstNumber ?? 1 })}
            />
          </Field>
        </div>
      )}
    </fieldset>
  );
}
