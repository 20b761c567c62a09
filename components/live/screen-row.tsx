"use client";
import { useTranslations } from "next-intl";
import { BOARD_KEYS } from "./screen-boards.ts";
import { clockTime, dayTime } from "../format/time.ts";
import { useSession } from "../session/session-provider.tsx";
import { useFailure } from "../strings/use-refusal.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Switch } from "../ui/switch.tsx";
import { Segmented } from "../ui/tabs.tsx";
import { Tag } from "../ui/tag.tsx";
import { TextField } from "../ui/text-field.tsx";
import { notify } from "../ui/toast.tsx";
import { renameLink, type ScreenLink } from "./screen-links.ts";
import { useScreenActs } from "./use-screen-acts.ts";

/** A screen's line: its number and name, whether somebody looks at it, and what it shows. */
export function ScreenRow({
  link,
  isOnline,
  onChanged,
  onRevoke,
}: {
  link: ScreenLink;
  isOnline: boolean;
  onChanged: () => void;
  onRevoke: () => void;
}) {
  const words = useTranslations("screens");
  const explain = useFailure();
  const sessionId = useSession((show) => show.session.sessionId);
  const row = useSession((show) => show.screens.get(link.id));
  const acts = useScreenActs();
  const rename = async (name: string) => {
    const reply = await renameLink(sessionId, link.id, name);
    if (!reply.ok) notify({ tone: "air", title: explain(reply.failure) });
    onChanged();
  };
  const board = row?.board ?? "host";
  return (
    <li aria-label={`${link.number} ${link.name}`} className="flex flex-col gap-2 rounded-md border bg-page p-3">
      <div className="flex items-center gap-2">
        <b className="w-6 text-center text-lg tabular-nums">{link.number}</b>
        <TextField
          required
          size="sm"
          maxLength={40}
          aria-label={words("name")}
          value={link.name}
          onCommit={(name) => void rename(name)}
        />
        {isOnline ? (
          <Tag tone="sure">{words("online")}</Tag>
        ) : (
          <Tag tone="wait">
            {link.lastSeenAt === null ? words("never") : words("offline", { time: when(link.lastSeenAt) })}
          </Tag>
        )}
        <Button size="sm" disabled={!isOnline} onClick={() => acts.identify(link.id)}>
          {words("identify")}
        </Button>
        <IconButton size="iconSm" label={words("revoke")} onClick={onRevoke}>
          <Icon name="trash" size={14} />
        </IconButton>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pl-8">
        <Segmented
          label={words("board")}
          value={board}
          onChange={(next) => acts.show(link.id, next)}
          options={BOARD_KEYS.map((value) => ({ value, label: words(`boards.${value}`) }))}
        />
        <Switch
          checked={row?.moneyHidden ?? false}
          onChange={(hidden) => acts.hideMoney(link.id, hidden)}
          label={words("hideMoney")}
        />
      </div>
    </li>
  );
}

const when = (at: number): string => (Math.abs(Date.now() - at) < 12 * 3_600_000 ? clockTime(at) : dayTime(at));
