import type { Logger } from "../../lib/log.ts";
import type { Welcome } from "../callbacks/people-contract.ts";
import type { PushMedia } from "../pushes/push-media.ts";
import { attachmentOf, type CodeWelcome } from "./code-shape.ts";
import type { ClientOf } from "./code-work.ts";

type Parts = { readonly clientOf: ClientOf; readonly media: PushMedia; readonly log: Logger };

/** There are twenty seconds from the event to the welcome: a picture that cannot be handed over is left out rather than all the rest with it. */
export function createWelcomes({ clientOf, media, log }: Parts) {
  return async (corpId: string, { text, cards }: CodeWelcome): Promise<Welcome> => {
    const client = cards.some(({ kind }) => kind !== "link") ? await clientOf(corpId) : null;
    const attachments = await Promise.all(
      cards.map(async (card) => {
        if (card.kind === "link") return [attachmentOf(card, "")];
        if (!client) return [];
        try {
          return [attachmentOf(card, await media.mediaIdFor(client, card.mediaKey))];
        } catch (err) {
          log.warn({ err, mediaKey: card.mediaKey }, "a picture of a welcome is left out");
          return [];
        }
      }),
    );
    return { text: text === "" ? null : text, attachments: attachments.flat() };
  };
}
