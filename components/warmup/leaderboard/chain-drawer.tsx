"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { count } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { usePlan } from "../../plan/plan-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Drawer } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Tag, type Tone } from "../../ui/tag.tsx";
import { WhenLoaded } from "../board/board-part.tsx";
import { useFollowed } from "../use-followed.ts";
import { loadBrought, type SignedUp } from "../warmup-data.ts";
import type { InviterNamed } from "./rank-table.tsx";

const PAGE = 50;
const TONES = {
  counts: "sure",
  held: "wait",
  rejected: "air",
  not: "plain",
  takenBack: "plain",
} as const satisfies Record<string, Tone>;

/** Who brought whom, from one inviter down the chain as far as it goes. */
export function ChainDrawer({ of, onClose }: { of: InviterNamed; onClose: () => void }) {
  const words = useTranslations("invites");
  const [path, setPath] = useState<readonly InviterNamed[]>([of]);
  const here = path.at(-1) ?? of;
  const above = path.at(-2);
  return (
    <Drawer
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={words("chainTitle")}
      description={path.map(({ name }) => name).join(" → ")}
    >
      {above ? (
        <Button size="sm" look="ghost" className="mb-2" onClick={() => setPath(path.slice(0, -1))}>
          <Icon name="chevronLeft" size={12} />
          {words("back", { name: above.name })}
        </Button>
      ) : null}
      <Brought key={here.inviterId} of={here} onOpen={(next) => setPath([...path, next])} />
    </Drawer>
  );
}

function Brought({ of, onOpen }: { of: InviterNamed; onOpen: (next: InviterNamed) => void }) {
  const words = useTranslations("invites");
  const { show } = usePlan();
  const [limit, setLimit] = useState(PAGE);
  const loaded = useLoaded(
    `brought ${show.id} ${of.inviterId}`,
    (signal) => loadBrought(show.id, { inviter: of.inviterId, cursor: null, limit }, signal),
    limit,
  );
  useFollowed(loaded.reload);
  return (
    <WhenLoaded loaded={loaded}>
      {({ signups, total, cursor }) => (
        <section aria-label={words("chainOf", { name: of.name })}>
          <h3 className="mb-1 flex items-baseline gap-2 text-sm font-semibold">
            <span className="truncate">{words("chainOf", { name: of.name })}</span>
            <span className="shrink-0 text-xs font-normal text-faint">
              {words("chainSum", { total: count(total) })}
            </span>
          </h3>
          {signups.length === 0 ? <p className="text-sm text-dim">{words("chainEmpty")}</p> : null}
          <ul>
            {signups.map((one) => (
              <BroughtLine key={one.personId} one={one} onOpen={onOpen} />
            ))}
          </ul>
          {cursor !== null && limit < LIMIT_MAX ? (
            <Button size="sm" className="mt-2" busy={loaded.loading} onClick={() => setLimit(LIMIT_MAX)}>
              {words("more", { count: count(total - signups.length) })}
            </Button>
          ) : null}
        </section>
      )}
    </WhenLoaded>
  );
}

/** As many as the server gives at once. */
const LIMIT_MAX = 500;

function BroughtLine({ one, onOpen }: { one: SignedUp; onOpen: (next: InviterNamed) => void }) {
  const words = useTranslations("invites");
  const name = one.name ?? words("unnamedOf", { n: one.n });
  const standing = one.invite?.standing;
  return (
    <li className="flex min-h-9 items-center gap-2 border-b py-1 text-sm last:border-0">
      <button
        type="button"
        className="min-w-0 flex-1 truncate text-left hover:underline"
        title={words("toChain", { name })}
        onClick={() => onOpen({ inviterId: one.personId, name })}
      >
        {name}
      </button>
      <span className="shrink-0 text-xs text-faint tabular-nums">{words("signedUpAt", { time: dayTime(one.at) })}</span>
      {standing ? <Tag tone={TONES[standing]}>{words(`standing.${standing}`)}</Tag> : null}
    </li>
  );
}
