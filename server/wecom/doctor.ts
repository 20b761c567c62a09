import { z } from "zod";
import type { AppRow } from "#db/queries/wecom-apps.ts";
import { DOCTOR_CHECKS, DOCTOR_FINDINGS } from "#domain/wecom-doctor.ts";
import { listFollowUsers } from "./api/contacts.ts";
import { listGroups } from "./api/groups.ts";
import type { AppClient } from "./client.ts";
import type { RobotLast } from "./robot-client.ts";
import { isWecomFailure, type TransportReason, WecomError, type WecomFailure } from "./wecom-error.ts";

/** Finds out what is missing between Kaibo and a corp, line by line, by questions that change nothing. */
export const DoctorLine = z.object({
  check: z.enum(DOCTOR_CHECKS),
  /** The app or robot that it is about. */
  subject: z.string(),
  state: z.enum(["ok", "failed", "notChecked"]),
  code: z.enum(DOCTOR_FINDINGS),
  errcode: z.int().nullable(),
  /** For WeCom's own page of questions. */
  hint: z.string().nullable(),
  /** What is to be entered, or was found: the address to trust, the domain, the address of callbacks. */
  value: z.string().nullable(),
  /** When it was last seen to work or, of a failure, is tried again; of a robot, when its last message went or failed. ms UTC. */
  at: z.int().nullable(),
});
export type DoctorLine = z.infer<typeof DoctorLine>;

export type ExaminedApp = {
  readonly app: Pick<AppRow, "name" | "purpose" | "secretSealed" | "callbackAt" | "callbackVerifiedAt">;
  /** Null: its secret is missing, or can't be opened. */
  readonly client: AppClient | null;
  readonly lastCallbackAt: number | null;
  readonly callbackUrl: string;
  readonly publicUrl: string;
};

export async function examineApp(examined: ExaminedApp): Promise<DoctorLine[]> {
  const { app } = examined;
  const lines = [...(await credentialLines(examined)), ...signInLines(examined)];
  if (app.purpose === "customers") lines.push(...callbackLines(examined));
  return lines;
}

/** Somebody waits for the answer: little is tried again, and a WeCom that says nothing is told of soon. */
const PATIENCE_MS = 2_000;
const LOOK_MS = 12_000;

const ASKED = ["reach", "corpId", "secret", "trustedIp", "allowedApp", "visibleRange"] as const;
type AskedCheck = (typeof ASKED)[number];

/** Refusals that are about one of the checks. */
const FOUND: Readonly<Record<number, readonly [AskedCheck, DoctorLine["code"]]>> = {
  40_013: ["corpId", "corpIdWrong"],
  40_001: ["secret", "secretWrong"],
  60_020: ["trustedIp", "ipUntrusted"],
  48_002: ["allowedApp", "appNotAllowed"],
  60_011: ["visibleRange", "rangeTooSmall"],
  84_074: ["visibleRange", "rangeTooSmall"],
};

/** WeCom checks one after the other, so one refusal says that what comes before it is well, and nothing of what comes after. */
async function credentialLines({ app, client }: ExaminedApp): Promise<DoctorLine[]> {
  const subject = app.name;
  if (!client) {
    const code = app.secretSealed === null ? "secretMissing" : "secretUnreadable";
    return [failed("secret", subject, { code })];
  }
  try {
    const options = { deadlineMs: PATIENCE_MS, signal: AbortSignal.timeout(LOOK_MS) };
    const users = await listFollowUsers(client, options);
    // Asked last: it wants the right for groups, which comes with that for customers.
    for await (const _page of listGroups(client, { owners: users.slice(0, 1), pageSize: 1 }, options)) break;
    const empty = users.length === 0;
    return ASKED.map((check) =>
      check === "visibleRange" && empty ? failed(check, subject, { code: "rangeEmpty" }) : fine(check, subject),
    );
  } catch (error) {
    if (!isWecomFailure(error)) throw error;
    return linesOf(error, subject);
  }
}

function linesOf(error: WecomFailure, subject: string): DoctorLine[] {
  const [check, code] = findingOf(error);
  const broken = ASKED.indexOf(check);
  const value = error instanceof WecomError && check === "trustedIp" ? error.ip : null;
  const at = error.retryAfterMs === null ? null : Date.now() + error.retryAfterMs;
  const told = { ...(error instanceof WecomError ? { errcode: error.errcode, hint: error.hint } : {}), value, at };
  return ASKED.map((one, index) => {
    if (index < broken) return fine(one, subject);
    return index === broken
      ? failed(one, subject, { code, ...told })
      : unchecked(one, subject, { code: "afterTheOthers" });
  });
}

/** Whoever answers too late is reached; whoever was asked too often in vain is not asked at all. */
const SILENCES: Partial<Record<TransportReason, DoctorLine["code"]>> = {
  timeout: "noAnswer",
  cut: "noAnswer",
  circuitOpen: "paused",
};

function findingOf(error: WecomFailure): readonly [AskedCheck, DoctorLine["code"]] {
  if (!(error instanceof WecomError)) return ["reach", SILENCES[error.reason] ?? "unreachable"];
  if (error.class === "retry" || error.class === "rate") return ["reach", "busy"];
  return FOUND[error.errcode] ?? ["allowedApp", "refused"];
}

function callbackLines({ app, lastCallbackAt, callbackUrl }: ExaminedApp): DoctorLine[] {
  const subject = app.name;
  const at = Math.max(lastCallbackAt ?? 0, app.callbackVerifiedAt ?? 0);
  if (app.callbackAt === null) {
    return [
      failed("callbackKeys", subject, { code: "keysMissing", value: callbackUrl }),
      unchecked("callbackUrl", subject, { code: "afterTheOthers", value: callbackUrl }),
    ];
  }
  return [
    fine("callbackKeys", subject),
    at > 0
      ? { ...fine("callbackUrl", subject), at, value: callbackUrl }
      : failed("callbackUrl", subject, { code: "neverCalledBack", value: callbackUrl }),
  ];
}

/** Whether the domain is entered only a sign-in can tell (50001): what is to be entered is shown. */
function signInLines({ app, publicUrl }: ExaminedApp): DoctorLine[] {
  const { protocol, hostname, host } = new URL(publicUrl);
  const local = protocol !== "https:" || hostname === "localhost" || /^[\d.]+$|^\[/.test(hostname);
  return [
    local
      ? failed("signInDomain", app.name, { code: "urlNotPublic", value: publicUrl })
      : unchecked("signInDomain", app.name, { code: "domainToAdd", value: host }),
  ];
}

/** A robot's key shows by sending alone: here stands how the last message went. */
export function robotLine(name: string, last: RobotLast | null): DoctorLine {
  if (last === null) return unchecked("robot", name, { code: "robotUntried" });
  const { failure, at } = last;
  if (failure === null) return { ...fine("robot", name), at };
  if (!(failure instanceof WecomError)) {
    return failed("robot", name, { code: failure.outcome === "unknown" ? "robotUnanswered" : "robotNotSent", at });
  }
  const code = failure.advice === "checkRobot" ? "robotRemoved" : failure.class === "rate" ? "busy" : "refused";
  return failed("robot", name, { code, errcode: failure.errcode, hint: failure.hint, at });
}

export function noAppLine(corpName: string): DoctorLine {
  return failed("secret", corpName, { code: "appMissing" });
}

type About = Pick<DoctorLine, "code"> & Partial<Pick<DoctorLine, "errcode" | "hint" | "value" | "at">>;
const NOTHING = { errcode: null, hint: null, value: null, at: null };

const fine = (check: DoctorLine["check"], subject: string): DoctorLine => ({
  check,
  subject,
  state: "ok",
  code: "fine",
  ...NOTHING,
});
const failed = (check: DoctorLine["check"], subject: string, about: About): DoctorLine => ({
  check,
  subject,
  state: "failed",
  ...NOTHING,
  ...about,
});
const unchecked = (check: DoctorLine["check"], subject: string, about: About): DoctorLine => ({
  check,
  subject,
  state: "notChecked",
  ...NOTHING,
  ...about,
});
