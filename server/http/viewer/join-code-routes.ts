import { z } from "zod";
import { codeById } from "#db/queries/wecom-codes.ts";
import { corpsOfRooms } from "#db/queries/wecom-room-corps.ts";
import { STAND_IN_CORP } from "#domain/wecom-stand-in.ts";
import type { QrPicture } from "../../wecom/codes/qr-picture.ts";
import { pictureOf } from "../../wecom/codes/qr-picture.ts";
import type { GroupsAndPeople } from "../../wecom/groups-and-people.ts";
import { isWecomFailure } from "../../wecom/wecom-error.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { HttpError, notFound } from "../failures.ts";
import { failures, IdParams } from "../shapes.ts";

/** A hundred thousand phones ask for the same picture. */
const FRESH_MS = 60_000;
const HELD_MAX = 200;
const WECOM_ANSWERS_MS = 20_000;
const BODY = z.unknown().meta({ type: "string", contentMediaType: "image/png, image/jpeg" });
const Published = z.looseObject({ settings: z.looseObject({ joinCodeId: z.string().nullable() }) });

type Parts = {
  readonly context: Pick<ApiContext, "db" | "places" | "directory">;
  readonly groupsAndPeople: Pick<GroupsAndPeople, "codeDeps">;
};

/** The group's or member's code that a landing page shows, as WeCom drew it: the one its team published there, of a company its room uses, and no other. */
export function serveJoinCode(app: ApiInstance, { context, groupsAndPeople }: Parts): void {
  const held = new Map<string, { readonly until: number; readonly picture: Promise<QrPicture | null> }>();
  const find = async (sessionId: string): Promise<QrPicture | null> => {
    const place = await context.places.find(sessionId);
    if (!place) throw notFound("session");
    const codeId = await shownCode(context, sessionId);
    const row = codeId === null ? undefined : await codeById(context.db, codeId);
    if (row?.status !== "live") return null;
    const corps = await corpsOfRooms(context.db, [place.roomId]);
    if (row.corpId !== STAND_IN_CORP && !corps.some(({ corpId }) => corpId === row.corpId)) return null;
    return pictureOf(row.id, groupsAndPeople.codeDeps);
  };
  const pictureFor = (sessionId: string) => {
    const now = performance.now();
    const known = held.get(sessionId);
    if (known && known.until > now) return known.picture;
    if (held.size >= HELD_MAX) held.clear();
    const picture = find(sessionId);
    held.set(sessionId, { until: now + FRESH_MS, picture });
    picture.catch(() => held.delete(sessionId));
    return picture;
  };
  app.get(
    "/api/v1/viewer/sessions/:id/join-code",
    {
      handlerTimeout: WECOM_ANSWERS_MS,
      schema: {
        tags: ["viewers"],
        summary: "The code by which viewers join the group or add the member that reminds them",
        security: [],
        params: IdParams,
        // The page names the code that it shows, so that another one is another address to the caches on the way.
        querystring: z.object({ of: z.string().max(80).optional() }),
        response: { 200: BODY, ...failures },
      },
    },
    async (request, reply) => {
      // The page leaves it out then, and is asked again with the next opening.
      const picture = await pictureFor(request.params.id).catch((error: unknown) => {
        if (isWecomFailure(error)) return null;
        throw error;
      });
      if (!picture) throw new HttpError(404, "code.noPicture");
      return reply
        .type(picture.mediaType)
        .header("cache-control", "public, max-age=60")
        .header("content-security-policy", "default-src 'none'")
        .send(picture.bytes);
    },
  );
}

async function shownCode({ directory }: Parts["context"], sessionId: string): Promise<string | null> {
  const slice = (await directory.snapshot(sessionId, "viewer")).slices["landingPage"];
  const row = slice?.kind === "keyed" ? slice.rows.find(([id]) => id === "published")?.[1] : undefined;
  const parsed = Published.safeParse(row);
  return parsed.success ? parsed.data.settings.joinCodeId : null;
}
