"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { CheckLine } from "#domain/check/state.ts";
import { isLessonLine } from "#domain/lesson-line.ts";
import type { CommandInput } from "#domain/ops/index.ts";
import { clockTime } from "../format/time.ts";
import { useAct } from "../session/use-act.ts";
import { useNames, useSession } from "../session/session-provider.tsx";
import { useAutoCheckWords } from "../strings/use-refusal.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { SortableItem, SortableList } from "../ui/sortable-list.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Checkbox } from "../ui/switch.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { Tag } from "../ui/tag.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useMayPlan, usePlan } from "./plan-context.tsx";
import { PlanLink } from "./plan-link.tsx";
import { Section } from "./section.tsx";
import { WaiveButton } from "./waive-button.tsx";

type LineInput = CommandInput<"check.setLines">["lines"][number];
const plain = ({ lineId, text, ownerId, dueAt }: CheckLine): LineInput => ({ lineId, text, ownerId, dueAt });

/** 开播检查 and 下播检查: the lines with their owners, and what Kaibo sees by itself. */
export function ChecksSection() {
  const words = useTranslations("plan.checks");
  const [list, setList] = useState<CheckLine["list"]>("goLive");
  const open = useSession((show) => (list === "goLive" ? show.goLiveCheck : show.wrapUpCheck).open);
  // A check that isn't due counts nothing as open; what was left undone is still not done.
  const undone = useSession(
    (show) => [...show.checkLines.values()].filter((line) => line.list === list && !line.done && !line.waived).length,
  );
  return (
    <div className="mx-auto flex max-w-[960px] flex-col gap-6 px-6 py-4 max-sm:px-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={words("list")}
          value={list}
          onChange={setList}
          options={[
            { value: "goLive", label: words("goLive") },
            { value: "wrapUp", label: words("wrapUp") },
          ]}
        />
        {open > 0 || undone > 0 ? (
          <Tag tone={open > 0 ? "wait" : "plain"}>{words("open", { count: Math.max(open, undone) })}</Tag>
        ) : (
          <Tag tone="sure">{words("allDone")}</Tag>
        )}
        <span className="text-xs text-faint">{words(`hint.${list}`)}</span>
      </div>
      <AutoLines list={list} />
      <OwnLines key={list} list={list} />
    </div>
  );
}

function AutoLines({ list }: { list: CheckLine["list"] }) {
  const words = useTranslations("plan.checks");
  const explain = useAutoCheckWords();
  const check = useSession((show) => (list === "goLive" ? show.goLiveCheck : show.wrapUpCheck));
  return (
    <Section title={words("auto")} hint={words("autoHint")}>
      {check.lines.length === 0 ? (
        <p className="text-xs text-faint">{words("autoNone")}</p>
      ) : (
        <ul className="flex flex-col">
          {check.lines.map((line) => (
            <li key={line.lineId} className="flex min-h-9 items-center gap-3 border-b py-1 text-sm">
              <Tag tone={line.waived ? "plain" : "wait"}>{line.waived ? words("waived") : words("toLook")}</Tag>
              <span className="min-w-0 flex-1">{explain(line.code, line.data)}</span>
              <PlanLink code={line.code} here />
              <WaiveButton lineId={line.lineId} waived={line.waived} />
            </li>
          ))}
        </ul>
      )}
      {check.count > check.lines.length ? (
        <p className="text-xs text-faint">{words("autoMore", { count: check.count - check.lines.length })}</p>
      ) : null}
    </Section>
  );
}

function OwnLines({ list }: { list: CheckLine["list"] }) {
  const words = useTranslations("plan.checks");
  const rows = useSession((show) => show.checkLines);
  const version = useSession((show) => show.checks.version);
  const act = useAct();
  const disabled = !useMayPlan();
  const [text, setText] = useState("");
  const lines = useMemo(
    () => [...rows.values()].filter((line) => line.list === list).toSorted((a, b) => a.position - b.position),
    [rows, list],
  );
  const ids = useMemo(() => lines.map(({ lineId }) => lineId), [lines]);
  const set = (next: readonly LineInput[]) =>
    act("check.setLines", { list, lines: [...next] }, { expect: { version } });
  const change = (lineId: string, part: Partial<LineInput>) =>
    set(lines.map((line) => (line.lineId === lineId ? { ...plain(line), ...part } : plain(line))));
  const add = async () => {
    if (text.trim() !== "" && (await set([...lines.map(plain), { text: text.trim() }]))) setText("");
  };
  return (
    <Section title={words("own")}>
      {lines.length === 0 ? <EmptyState compact title={words("ownNone")} /> : null}
      <SortableList
        ids={ids}
        disabled={disabled}
        onMove={({ ids: next }) =>
          void set(
            next.flatMap((id) => {
              const line = rows.get(id);
              return line ? [plain(line)] : [];
            }),
          )
        }
      >
        <div>
          {lines.map((line) => (
            <SortableItem
              key={line.lineId}
              id={line.lineId}
              label={words("drag", { name: line.text })}
              className="border-b"
            >
              <OwnLine
                line={line}
                disabled={disabled}
                onChange={(part) => void change(line.lineId, part)}
                onRemove={() => void set(lines.filter((other) => other !== line).map(plain))}
              />
            </SortableItem>
          ))}
        </div>
      </SortableList>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Input
          value={text}
          maxLength={200}
          disabled={disabled}
          aria-label={words("newLine")}
          placeholder={words("newLine")}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={disabled || text.trim() === ""}>
          {words("add")}
        </Button>
      </form>
    </Section>
  );
}

type OwnLineProps = {
  line: CheckLine;
  disabled: boolean;
  onChange: (part: Partial<LineInput>) => void;
  onRemove: () => void;
};

function OwnLine({ line, disabled, onChange, onRemove }: OwnLineProps) {
  const words = useTranslations("plan.checks");
  const { members } = usePlan();
  const act = useAct();
  const names = useNames();
  const lessons = useTranslations("lessons");
  const isLesson = isLessonLine(line.lineId);
  const people = members.filter((member) => !member.disabled || member.id === line.ownerId);
  return (
    <div className="flex min-h-10 items-center justify-end gap-2 pr-1 max-sm:flex-wrap max-sm:py-1">
      <Checkbox
        labelHidden
        label={words("tick", { name: line.text })}
        checked={line.done !== null}
        onChange={(done) =>
          void (done ? act("check.tick", { lineId: line.lineId }) : act("check.untick", { lineId: line.lineId }))
        }
      />
      <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-32px)]">
        {isLesson ? (
          // Its words belong to the lesson: to be read as well as any other line, and changed there.
          <p className="px-2 py-1 text-sm break-words" title={lessons("fieldLine")}>
            {line.text}
          </p>
        ) : (
          <TextField
            size="sm"
            required
            aria-label={words("line")}
            maxLength={200}
            className="border-transparent bg-transparent text-sm hover:border-edge"
            value={line.text}
            disabled={disabled}
            onCommit={(text) => onChange({ text })}
          />
        )}
      </div>
      {isLesson ? <Tag tone="wait">{lessons("lessons")}</Tag> : null}
      {line.done ? <Tag tone="sure">{`${names(line.done.by) ?? "—"} ${clockTime(line.done.at)}`}</Tag> : null}
      {line.waived ? <Tag>{words("waived")}</Tag> : null}
      <Select
        size="sm"
        className="w-28"
        aria-label={words("owner")}
        value={line.ownerId ?? ""}
        disabled={disabled}
        onChange={(ownerId) => onChange({ ownerId: ownerId || null })}
        options={[{ value: "", label: words("nobody") }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      {line.done ? null : <WaiveButton lineId={line.lineId} waived={line.waived} />}
      <IconButton
        label={words("remove")}
        size="iconSm"
        className={isLesson ? "invisible" : ""}
        disabled={disabled || isLesson}
        onClick={onRemove}
      >
        <Icon name="trash" size={13} />
      </IconButton>
    </div>
  );
}
