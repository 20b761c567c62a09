import { ask, bearer, broken, pathOf, type Answer } from "../viewer-api.ts";
import { isRecord, type BoardMetric } from "../viewer-data.ts";

/** What only the parts of the warm-up ask for: docs/api-for-screens.md, "Warm-up: viewers" and "WeChat identity, links (viewers)". */

export type BoardRow = {
  readonly rank: number;
  /** Masked; `null`: goes by no name. */
  readonly name: string | null;
  readonly count: number;
};
export type Board = {
  readonly published: boolean;
  readonly metric: BoardMetric;
  /** ms; `null`: it still moves. */
  readonly frozenAt: number | null;
  readonly inviters: number;
  readonly top: readonly BoardRow[];
};

export async function getBoard(sessionId: string): Promise<Answer<Board>> {
  return parsed(await ask(`${pathOf(sessionId)}/leaderboard`, {}), asBoard);
}

function asBoard(body: unknown): Board | null {
  return isRecord(body) && Array.isArray(body["top"]) && typeof body["metric"] === "string" ? (body as Board) : null;
}

/** Where links to this show begin; a person's own ends in their code. */
export async function getShortLink(sessionId: string): Promise<Answer<string>> {
  return parsed(await ask(`${pathOf(sessionId)}/links`, {}), (body) =>
    isRecord(body) && typeof body["short"] === "string" ? body["short"] : null,
  );
}

export const inviteLink = (short: string, code: string) => `${short}-i${code}`;

export type SignInWays = { readonly wechat: { readonly start: string } | null; readonly demo: boolean };

export async function getSignInWays(sessionId: string): Promise<Answer<SignInWays>> {
  return parsed(await ask(`${pathOf(sessionId)}/sign-in`, {}), (body) => {
    if (!isRecord(body)) return null;
    const { wechat, demo } = body;
    const start = isRecord(wechat) && typeof wechat["start"] === "string" ? wechat["start"] : null;
    return { wechat: start === null ? null : { start }, demo: demo === true };
  });
}

export type SignedIn = { readonly token: string; readonly name: string | null; readonly avatar: boolean };

/** `by`: what proves who it is. A visitor's token goes along, so that what the visitor had is theirs. */
export async function signIn(
  sessionId: string,
  token: string | null,
  by: { readonly completion: string; readonly nonce: string } | { readonly name: string },
): Promise<Answer<SignedIn>> {
  const path = "name" in by ? "demo-sign-in" : "sign-in";
  const headers = token === null ? {} : bearer(token);
  return parsed(await ask(`${pathOf(sessionId)}/${path}`, { method: "POST", headers, body: by }), (body) => {
    if (!isRecord(body) || typeof body["token"] !== "string") return null;
    const { name, avatar } = body;
    return { token: body["token"], name: typeof name === "string" ? name : null, avatar: avatar === true };
  });
}

/** Cancels the sign-up and forgets the person. */
export async function deleteMe(sessionId: string, token: string): Promise<Answer<true>> {
  return parsed(await ask(`${pathOf(sessionId)}/me`, { method: "DELETE", headers: bearer(token) }), () => true);
}

const PICTURE_MS = 6_000;

/** Bytes of the person's own picture; `null`: there is none now. */
export async function getAvatar(sessionId: string, token: string): Promise<Blob | null> {
  try {
    const signal = AbortSignal.timeout(PICTURE_MS);
    const answer = await fetch(`${pathOf(sessionId)}/me/avatar`, { headers: bearer(token), signal });
    return answer.ok ? await answer.blob() : null;
  } catch {
    // The poster is whole without it.
    return null;
  }
}

function parsed<T>(answer: Awaited<ReturnType<typeof ask>>, read: (body: unknown) => T | null): Answer<T> {
  if (!answer.ok) return answer;
  const value = read(answer.value.body);
  return value === null ? broken() : { ok: true, value };
}
