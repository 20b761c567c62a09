"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { count, yuan } from "../format/money.ts";
import { SHOWS_MAX } from "../compare/line-looks.ts";
import type { Picked } from "../compare/use-picked.ts";
import { clockTime, day, dayTime } from "../format/time.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { cn } from "../ui/cn.ts";
import { Icon } from "../ui/icon.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { Checkbox } from "../ui/switch.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { useNarrow } from "../ui/use-narrow.ts";
import { PhaseTag, RehearsalTag } from "./phase-tag.tsx";
import type { Show } from "./show-list.ts";

/** On a phone a row has what leads on: which show, how it stands and when below it, and the ways into it. */
const AWAY_ON_PHONES = "max-md:hidden";

export function ShowTable({
  shows,
  rooms,
  onCopy,
  picked,
}: {
  shows: readonly Show[];
  rooms: readonly { readonly id: string; readonly name: string }[];
  onCopy: ((show: Show) => void) | null;
  picked: Picked;
}) {
  const words = useTranslations("shows");
  const compare = useTranslations("compare");
  const names = new Map(rooms.map(({ id, name }) => [id, name]));
  return (
    <Table label={words("title")}>
      <Head>
        <Th className="w-9" aria-label={compare("pick")} />
        <Th>
          {/* The cells below ask for no width of their own, so that long titles end in dots. */}
          <span className="block min-w-44 max-md:min-w-24">{words("columnShow")}</span>
        </Th>
        <Th className={cn("w-44", AWAY_ON_PHONES)}>{words("columnRoom")}</Th>
        <Th className={cn("w-24", AWAY_ON_PHONES)}>{words("columnPhase")}</Th>
        <Th className={cn("w-48", AWAY_ON_PHONES)}>{words("columnTime")}</Th>
        <Th numeric className={cn("w-32", AWAY_ON_PHONES)}>
          {words("columnPaid")}
        </Th>
        <Th numeric className={cn("w-20", AWAY_ON_PHONES)}>
          {words("columnOrders")}
        </Th>
        <Th className="w-56 text-right max-md:w-20">{words("columnNext")}</Th>
      </Head>
      <tbody>
        {shows.map((show) => (
          <ShowRow key={show.id} show={show} roomName={names.get(show.roomId) ?? ""} onCopy={onCopy} picked={picked} />
        ))}
      </tbody>
    </Table>
  );
}

/** Where the work on a show is. */
const MAIN_PAGE = {
  planned: "plan",
  warmup: "warmup",
  live: "control",
  interrupted: "control",
  ended: "review",
} as const satisfies Record<Show["phase"], string>;

type RowProps = { show: Show; roomName: string; onCopy: ((show: Show) => void) | null; picked: Picked };

function ShowRow({ show, roomName, onCopy, picked }: RowProps) {
  const words = useTranslations("shows");
  const router = useRouter();
  const main = MAIN_PAGE[show.phase];
  const ways = [
    { key: "plan", label: words("toPlan") },
    ...(show.startedAt === null ? [{ key: "warmup", label: words("toWarmup") }] : []),
    { key: "control", label: words("toControl") },
    ...(show.startedAt === null ? [] : [{ key: "review", label: words("toReview") }]),
  ];
  const isNarrow = useNarrow();
  const to = (key: string, label: string) => ({ label, onSelect: () => router.push(`/shows/${show.id}/${key}`) });
  const items: MenuItem[] = [
    ...(isNarrow
      ? ways.filter(({ key }) => key !== main && key !== "warmup").map(({ key, label }) => to(key, label))
      : []),
    ...(onCopy
      ? [
          { label: words("copyThis"), onSelect: () => onCopy(show) },
          to("warmup", words("toWarmup")),
          to("pushes", words("toPushes")),
          to("import", words("toImport")),
        ]
      : []),
  ];
  return (
    <Tr>
      <Td className="pr-0">
        <PickShow show={show} picked={picked} />
      </Td>
      <Td className="max-w-0">
        <div className="flex min-w-0 items-center gap-2 max-md:pt-1">
          <Link href={`/shows/${show.id}/${main}`} title={show.title} className="truncate font-medium hover:underline">
            {show.title}
          </Link>
          {show.rehearsal ? <RehearsalTag /> : null}
        </div>
        <p className="flex items-center gap-2 pb-1 text-xs text-faint md:hidden">
          <PhaseTag phase={show.phase} />
          {dayTime(show.startedAt ?? show.plannedStartAt)}
        </p>
      </Td>
      <Td className={cn("max-w-44 truncate text-dim", AWAY_ON_PHONES)}>{roomName}</Td>
      <Td className={AWAY_ON_PHONES}>
        <PhaseTag phase={show.phase} />
      </Td>
      <Td className={cn("whitespace-nowrap text-dim", AWAY_ON_PHONES)}>{timesOf(show)}</Td>
      <Td numeric className={AWAY_ON_PHONES}>
        {show.paidFen === null ? <span className="text-faint">–</span> : yuan(show.paidFen)}
      </Td>
      <Td numeric className={AWAY_ON_PHONES}>
        {show.orders === null ? <span className="text-faint">–</span> : count(show.orders)}
      </Td>
      <Td>
        <div className="flex items-center justify-end gap-1">
          {ways
            .filter(({ key }) => key === main || !isNarrow)
            .map(({ key, label }) => (
              <Button key={key} asChild size="sm" look={key === main ? "plain" : "ghost"}>
                <Link href={`/shows/${show.id}/${key}`}>{label}</Link>
              </Button>
            ))}
          {items.length > 0 ? (
            <Menu items={items}>
              <IconButton label={words("menu", { title: show.title })} size="iconSm">
                <Icon name="more" />
              </IconButton>
            </Menu>
          ) : null}
        </div>
      </Td>
    </Tr>
  );
}

/** A show that has not started has nothing to compare. */
function PickShow({ show, picked }: Pick<RowProps, "show" | "picked">) {
  const words = useTranslations("compare");
  if (show.startedAt === null) return null;
  const isPicked = picked.ids.has(show.id);
  return (
    <Checkbox
      checked={isPicked}
      disabled={!isPicked && picked.ids.size >= SHOWS_MAX}
      onChange={() => picked.turn(show.id)}
      label={words("pickShow", { title: show.title })}
      labelHidden
    />
  );
}

/** What was, when it was; what is planned otherwise. The end's day only when it is another. */
function timesOf(show: Show): string {
  const from = show.startedAt ?? show.plannedStartAt;
  const to = show.endedAt ?? show.plannedEndAt;
  // A show that runs beyond its plan has no end that is worth a word.
  if (to <= from) return `${dayTime(from)} –`;
  return `${dayTime(from)} – ${day(from) === day(to) ? clockTime(to) : dayTime(to)}`;
}
