"use client";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { useDesk } from "../../live/desk.tsx";
import { useShowNow } from "../../live/show-clock.tsx";
import { usePlan } from "../../plan/plan-context.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { useSpanWords } from "../span-words.ts";
import { useFollowed } from "../use-followed.ts";
import { loadContacts, type Contacts as ContactsTold } from "../warmup-data.ts";
import { GREETERS } from "../warmup-roles.ts";
import { useWarmupPlace } from "../warmup-place.tsx";
import { BoardPart, WhenLoaded } from "./board-part.tsx";

const MEMBERS_SHOWN = 4;

/** Who signed up or was added and was not greeted yet, by whose turn it is. */
export function ContactsPart() {
  return useDesk().may(GREETERS) ? <Contacts /> : null;
}

function Contacts() {
  const words = useTranslations("warmupBoard.contacts");
  const { show } = usePlan();
  const { open } = useWarmupPlace();
  const loaded = useLoaded(`contacts ${show.id}`, (signal) =>
    loadContacts(show.id, { member: null, cursor: null, limit: 1 }, signal),
  );
  useFollowed(loaded.reload);
  return (
    <BoardPart
      title={words("title")}
      aside={
        <Button size="sm" look="ghost" onClick={() => open("firstContacts")}>
          {words("open")}
        </Button>
      }
    >
      <WhenLoaded loaded={loaded}>{(contacts) => <Waiting contacts={contacts} />}</WhenLoaded>
    </BoardPart>
  );
}

function Waiting({ contacts: { total, contacts, members } }: { contacts: ContactsTold }) {
  const words = useTranslations("warmupBoard.contacts");
  const board = useTranslations("warmupBoard");
  const span = useSpanWords();
  const now = useShowNow(10_000);
  const of = useTranslations("warmupBoard.members");
  const memberName = (id: string | null, name: string | null) =>
    name ?? (id === null ? words("nobody") : of("unnamed"));
  const everybody = useSession((show) => show.signups.greeted);
  const oldest = contacts[0];
  if (total === 0 || !oldest) {
    return (
      <>
        <p className="text-sm text-dim">{words(everybody === 0 ? "noneYet" : "done")}</p>
        <p className="text-xs text-faint">{words("emptyText")}</p>
      </>
    );
  }
  return (
    <>
      <p className="text-sm">
        <b className="font-semibold text-wait-ink">{words("waiting", { count: count(total) })}</b>{" "}
        <span className="text-dim">{words("oldest", { span: span(Math.max(0, now - oldest.since)) })}</span>
      </p>
      <ul className="flex flex-wrap gap-x-3 text-xs text-dim">
        {members.slice(0, MEMBERS_SHOWN).map(({ id, name, waiting }) => (
          <li key={id ?? ""} className="max-w-full truncate">
            {words("member", { name: memberName(id, name), count: count(waiting) })}
          </li>
        ))}
      </ul>
      <p className="text-xs text-faint">{board("follows")}</p>
    </>
  );
}
