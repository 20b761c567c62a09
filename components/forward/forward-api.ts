/** The page's side of `/api/v1/forward`, without a schema library. What goes wrong comes back as a value. */

export type Member = {
  readonly memberId: string;
  readonly name: string;
  readonly targets: number;
  readonly ticks: number;
  readonly late: boolean;
};

export type ForwardList = {
  /** The show's clock, ms UTC. */
  readonly now: number;
  readonly show: {
    readonly title: string;
    readonly phase: string;
    readonly rehearsal: boolean;
    readonly plannedStartAt: number;
    readonly roomName: string;
  };
  readonly push: {
    readonly title: string;
    readonly closed: "useBy" | "ended" | "hand" | null;
    readonly handedOverAt: number | null;
    readonly lateAt: number | null;
  };
  readonly members: readonly Member[];
  /** Whom WeCom named. */
  readonly me: string | null;
  /** Whether WeCom can be asked who this is. */
  readonly signIn: boolean;
};

export type Group = { readonly groupId: string; readonly name: string; readonly tickedAt: number | null };
export type MemberPart = {
  readonly taskId: string;
  readonly words: string | null;
  readonly groups: readonly Group[];
};

/** `lost`: not known whether it was heard. `busy`: not now. `refused`: it will not be. */
export type Failure = { readonly kind: "lost" | "busy" | "refused"; readonly status: number; readonly code: string };
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

const ANSWER_MS = 8_000;

async function ask(token: string, path: string, body?: object): Promise<Answer<Record<string, unknown>>> {
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(), ANSWER_MS);
  try {
    const response = await fetch(`/api/v1/forward${path}`, {
      method: body ? "POST" : "GET",
      cache: "no-store",
      credentials: "omit",
      signal: tooLate.signal,
      headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer: unknown = await response.json();
    if (!isRecord(answer)) return failed("busy", response.status, "http.retry");
    if (response.ok) return { ok: true, value: answer };
    const busy = response.status === 429 || response.status >= 500;
    const { code } = answer;
    return failed(busy ? "busy" : "refused", response.status, typeof code === "string" ? code : "input.invalid");
  } catch (error) {
    // What is no JSON comes from something between us and the server; anything else is the network.
    return failed(error instanceof SyntaxError ? "busy" : "lost", 0, "http.offline");
  } finally {
    clearTimeout(timer);
  }
}

const failed = (kind: Failure["kind"], status: number, code: string) =>
  ({ ok: false, failure: { kind, status, code } }) as const;

export async function getList(token: string): Promise<Answer<ForwardList>> {
  const answer = await ask(token, "");
  if (!answer.ok) return answer;
  const { show, push, members, me, now, signIn } = answer.value;
  if (!isRecord(show) || !isRecord(push) || !Array.isArray(members)) return failed("busy", 200, "http.shape");
  return {
    ok: true,
    value: {
      now: Number(now),
      show: {
        title: String(show["title"]),
        phase: String(show["phase"]),
        rehearsal: show["rehearsal"] === true,
        plannedStartAt: Number(show["plannedStartAt"]),
        roomName: String(show["roomName"]),
      },
      push: {
        title: String(push["title"]),
        closed: closedOf(push["closed"]),
        handedOverAt: timeOf(push["handedOverAt"]),
        lateAt: timeOf(push["lateAt"]),
      },
      members: members.filter(isRecord).map((row) => ({
        memberId: String(row["memberId"]),
        name: String(row["name"]),
        targets: Number(row["targets"]),
        ticks: Number(row["ticks"]),
        late: row["late"] === true,
      })),
      me: typeof me === "string" ? me : null,
      signIn: signIn === true,
    },
  };
}

export async function getMember(token: string, memberId: string): Promise<Answer<MemberPart>> {
  const answer = await ask(token, `/members/${encodeURIComponent(memberId)}`);
  if (!answer.ok) return answer;
  const { taskId, words, groups } = answer.value;
  if (!Array.isArray(groups)) return failed("busy", 200, "http.shape");
  return {
    ok: true,
    value: {
      taskId: String(taskId),
      words: typeof words === "string" && words !== "" ? words : null,
      groups: groups.filter(isRecord).map((row) => ({
        groupId: String(row["groupId"]),
        name: String(row["name"]),
        tickedAt: timeOf(row["tickedAt"]),
      })),
    },
  };
}

export type Tick = { readonly id: string; readonly taskId: string; readonly groupId: string; readonly ticked: boolean };

export const sendTick = (token: string, memberId: string, tick: Tick & { readonly agoMs: number }) =>
  ask(token, `/members/${encodeURIComponent(memberId)}/ticks`, tick);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const timeOf = (value: unknown): number | null => (typeof value === "number" ? value : null);
const closedOf = (value: unknown) => (value === "useBy" || value === "ended" || value === "hand" ? value : null);
