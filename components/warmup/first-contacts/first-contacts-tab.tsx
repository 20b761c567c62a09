"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { count } from "../../format/money.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { useDesk } from "../../live/desk.tsx";
import { useShowNow } from "../../live/show-clock.tsx";
import { usePlan } from "../../plan/plan-context.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { EmptyState } from "../../ui/states.tsx";
import { WhenLoaded } from "../board/board-part.tsx";
import { useSpanWords } from "../span-words.ts";
import { useFollowed } from "../use-followed.ts";
import { useRowKeys } from "../use-row-keys.ts";
import { loadContacts, type Contacts } from "../warmup-data.ts";
import { GREETERS } from "../warmup-roles.ts";
import { ContactLine } from "./contact-line.tsx";
import { useContactActs } from "./use-contact-acts.ts";

const PAGE = 50;
/** As many as the server gives at once. */
const LIMIT_MAX = 500;

/** 首联: who signed up or was added and was not greeted yet, the oldest first, one tap to the member whose turn it is. */
export function FirstContactsTab() {
  const words = useTranslations("firstContacts");
  if (useDesk().may(GREETERS)) return <FirstContacts />;
  return <EmptyState icon="lock" title={words("notYours")} />;
}

function FirstContacts() {
  const words = useTranslations("firstContacts");
  const { show } = usePlan();
  const [member, setMember] = useState<string | null>(null);
  const [limit, setLimit] = useState(PAGE);
  const loaded = useLoaded(
    `contacts ${show.id} ${member ?? ""}`,
    (signal) => loadContacts(show.id, { member, cursor: null, limit }, signal),
    limit,
  );
  useFollowed(loaded.reload);
  return (
    <div className="mx-auto flex max-w-[1080px] flex-col gap-3 px-6 pt-3 pb-24 max-sm:px-3">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="sr-only">{words("heading")}</h2>
        <p className="text-xs text-dim">{words("text")}</p>
        <span className="ml-auto text-xs text-faint max-sm:hidden">{words("keys")}</span>
      </header>
      <WhenLoaded loaded={loaded}>
        {(contacts) => (
          <>
            <Members contacts={contacts} member={member} onChoose={setMember} />
            <List contacts={contacts} member={member} reload={loaded.reload} />
            {contacts.cursor !== null && limit < LIMIT_MAX ? (
              <Button className="self-center" busy={loaded.loading} onClick={() => setLimit(LIMIT_MAX)}>
                {words("more", { count: count(contacts.total - contacts.contacts.length) })}
              </Button>
            ) : null}
          </>
        )}
      </WhenLoaded>
    </div>
  );
}

type MembersProps = {
  readonly contacts: Contacts;
  readonly member: string | null;
  readonly onChoose: (member: string | null) => void;
};

function Members({ contacts: { members }, member, onChoose }: MembersProps) {
  const words = useTranslations("firstContacts");
  const span = useSpanWords();
  const now = useShowNow(10_000);
  if (members.length === 0) return null;
  const all = members.reduce((sum, { waiting }) => sum + waiting, 0);
  const chip = (chosen: boolean) =>
    cn(
      "flex flex-col items-start rounded-md border px-3 py-1.5 text-left text-sm hover:bg-hover",
      chosen ? "border-act-edge bg-picked" : "border-edge bg-raised",
    );
  return (
    <div role="group" aria-label={words("filter")} className="flex flex-wrap gap-2">
      <button
        type="button"
        aria-pressed={member === null}
        className={chip(member === null)}
        onClick={() => onChoose(null)}
      >
        {words("open")}
        <span className="text-xs text-faint">{words("ofMembers", { count: count(all) })}</span>
      </button>
      {members.map(({ id, name, waiting, oldestAt }) => {
        const told = words("waiting", { count: count(waiting), span: span(Math.max(0, now - oldestAt)) });
        const lines = (
          <>
            <span className="max-w-full truncate">{id === null ? words("nobodys") : (name ?? words("unnamed"))}</span>
            <span className="text-xs text-faint tabular-nums">{told}</span>
          </>
        );
        // Whoever is nobody's yet can't be asked for alone.
        if (id === null) {
          return (
            <p key="" className="flex flex-col items-start rounded-md border border-dashed px-3 py-1.5 text-sm">
              {lines}
            </p>
          );
        }
        return (
          <button
            key={id}
            type="button"
            aria-pressed={member === id}
            className={cn(chip(member === id), "max-w-60")}
            onClick={() => onChoose(id)}
          >
            {lines}
          </button>
        );
      })}
    </div>
  );
}

type ListProps = { readonly contacts: Contacts; readonly member: string | null; readonly reload: () => void };

function List({ contacts: { contacts, members, total }, member, reload }: ListProps) {
  const words = useTranslations("firstContacts");
  const acts = useContactActs(reload);
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  // Ticked here already, and not yet gone from what the tables answer.
  const greeted = useSession((show) => show.signups.greeted);
  const waiting = contacts.filter(({ id }) => !acts.ticked.has(id));
  if (waiting.length === 0) {
    const name = members.find(({ id }) => id === member)?.name;
    return (
      <EmptyState
        icon={greeted === 0 ? "info" : "check"}
        title={
          member === null
            ? words(greeted === 0 ? "noneYet" : "emptyTitle")
            : words("emptyMember", { name: name ?? words("unnamed") })
        }
        text={words("emptyText")}
      />
    );
  }
  return (
    <section aria-label={words("list")}>
      <p className="pb-1 text-xs text-faint tabular-nums">{words("total", { count: count(total) })}</p>
      <ul ref={list}>
        {waiting.map((contact) => (
          <ContactLine key={contact.id} contact={contact} acts={acts} />
        ))}
      </ul>
    </section>
  );
}
