import { z } from "zod";
import { rowsIn, valueIn } from "#domain/snapshot-parts.ts";
import type { Snapshot } from "#domain/wire.ts";
import type { Directory } from "../live/directory-contract.ts";

/** What a chat shows of a link: from the published landing page, else from the show itself. Read at most every ten seconds for a show. */
export type PreviewCard = {
  readonly title: string;
  readonly text: string;
  /** An address, or a path of this server. */
  readonly picture: string | null;
};

const FRESH_MS = 10_000;
const SHOWS_MAX = 1_000;
const Session = z.object({ title: z.string(), theme: z.string().catch("") });
const Hero = z.object({
  kind: z.literal("hero"),
  title: z.string(),
  subtitle: z.string(),
  pictureUrl: z.string().nullable(),
});

export function createPreviewCards(
  directory: Pick<Directory, "snapshot">,
): (sessionId: string) => Promise<PreviewCard> {
  const held = new Map<string, { readonly until: number; readonly card: Promise<PreviewCard> }>();
  return (sessionId) => {
    const now = performance.now();
    const known = held.get(sessionId);
    if (known && known.until > now) return known.card;
    if (held.size >= SHOWS_MAX) held.clear();
    const card = directory.snapshot(sessionId, "viewer").then(cardOf);
    held.set(sessionId, { until: now + FRESH_MS, card });
    card.catch(() => held.delete(sessionId));
    return card;
  };
}

function cardOf(snapshot: Snapshot): PreviewCard {
  const session = Session.safeParse(valueIn(snapshot, "session")).data;
  const blocks = rowsIn(snapshot, "landingPublished");
  const hero = blocks.map((block) => Hero.safeParse(block).data).find((block) => block !== undefined);
  return {
    title: hero?.title || session?.title || "直播预约",
    text: hero?.subtitle || session?.theme || "点开预约直播,领专属福利",
    picture: hero?.pictureUrl ?? null,
  };
}
