"use client";
import { useTranslations } from "next-intl";
import { dayTime } from "../../format/time.ts";
import { useBusy } from "../../live/desk.tsx";
import { useShowNow } from "../../live/show-clock.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { useList } from "../../ui/use-list.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { Icon } from "../../ui/icon.tsx";
import { notify } from "../../ui/toast.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useSpanWords } from "../span-words.ts";
import { ROW_STOP } from "../use-row-keys.ts";
import type { Contact } from "../warmup-data.ts";
import type { ContactActs } from "./use-contact-acts.ts";

const LATE_MS = 24 * 3_600_000;

/** One who waits: since when, how they came, whose turn it is. */
export function ContactLine({ contact, acts }: { contact: Contact; acts: ContactActs }) {
  const words = useTranslations("firstContacts");
  const list = useList();
  const span = useSpanWords();
  const now = useShowNow(10_000);
  const busy = useBusy(`greet:${contact.id}`);
  const reminding = useBusy(`remind:${contact.member?.id ?? ""}`);
  const { kind, since, inviterName, member, groups } = contact;
  const source = useSession(
    ({ sources }) => [...sources.values()].find(({ code }) => code === contact.sourceCode)?.name,
  );
  const name = contact.name ?? words("unnamed");
  const waited = Math.max(0, now - since);
  const from = source ?? (inviterName === null ? words("direct") : words("by", { name: inviterName }));
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b py-2 text-sm sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium" title={name}>
            {name}
          </span>
          <Tag>{words(`kind.${kind}`)}</Tag>
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-dim tabular-nums" title={dayTime(since)}>
          {words("waited", { span: span(waited) })}
          {waited > LATE_MS ? <Tag tone="wait">{words("late")}</Tag> : null}
        </p>
      </div>
      <div className="min-w-0 text-xs text-dim max-sm:order-3 max-sm:col-span-2">
        <p className="truncate" title={from}>
          {from}
        </p>
        <p className="truncate text-faint">{list(groups.map((group) => group.name ?? words("unnamed")))}</p>
      </div>
      <div className="min-w-0 max-sm:order-4">
        {member ? (
          <p className="truncate text-sm" title={member.name ?? words("unnamed")}>
            {member.name ?? words("unnamed")}
          </p>
        ) : (
          <p className="text-xs text-faint">{words("nobody")}</p>
        )}
      </div>
      <div className="flex items-center justify-end gap-2 max-sm:order-2">
        <CopyTask
          label={words("copyOf", { name })}
          line={words("task", { name, time: dayTime(since), what: words(`kind.${kind}`), from })}
        />
        {member ? (
          <Button
            size="sm"
            look="ghost"
            title={words("remindHelp")}
            busy={reminding}
            onClick={() => void acts.remind({ id: member.id, name: member.name ?? words("unnamed") })}
          >
            {words("remind")}
            <span className="sr-only">{member.name}</span>
          </Button>
        ) : null}
        <Button
          size="sm"
          busy={busy}
          aria-label={words("tickOf", { name })}
          onClick={() => void acts.tick(contact.id, name)}
          {...ROW_STOP}
        >
          <Icon name="check" size={12} />
          {words("tick")}
        </Button>
      </div>
    </li>
  );
}

/** WeCom opens no colleague's chat by a link: the line that they need is copied, to be sent by hand. */
function CopyTask({ label, line }: { label: string; line: string }) {
  const words = useTranslations("firstContacts");
  const copy = async () => {
    const done = await copyText(line);
    notify({ tone: done ? "sure" : "wait", title: words(done ? "copied" : "notCopied"), text: line });
  };
  return (
    <IconButton label={label} size="iconSm" onClick={() => void copy()}>
      <Icon name="copy" size={13} />
    </IconButton>
  );
}
