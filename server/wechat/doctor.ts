import { z } from "zod";
import type { WechatAppRow } from "#db/queries/wechat-apps.ts";
import { WECHAT_CHECKS, WECHAT_FINDINGS } from "#domain/wechat-doctor.ts";
import type { WechatClient } from "./wechat-client.ts";
import { isWechatFailure, WechatError, type WechatFailure } from "./wechat-error.ts";

/** Finds out what is missing between Kaibo and one app of WeChat's, by questions that change nothing. */
export const WechatDoctorLine = z.object({
  check: z.enum(WECHAT_CHECKS),
  state: z.enum(["ok", "failed", "notChecked"]),
  code: z.enum(WECHAT_FINDINGS),
  errcode: z.int().nullable(),
  /** What is to be entered, or was found. */
  value: z.string().nullable(),
});
export type WechatDoctorLine = z.infer<typeof WechatDoctorLine>;
type Check = WechatDoctorLine["check"];

export type ExaminedApp = {
  readonly row: WechatAppRow;
  /** Null: its secret is missing, or can't be opened. */
  readonly client: WechatClient | null;
  readonly publicUrl: string;
};

export async function examineWechatApp(examined: ExaminedApp): Promise<WechatDoctorLine[]> {
  const asked = await askedLines(examined);
  return [...asked, ...(examined.row.kind === "official" ? officialLines(examined) : miniLines(examined))];
}

/** WeChat looks at one after the other, so one refusal says that what comes before it is well. */
const ASKED = ["reach", "appId", "secret"] as const;

async function askedLines({ row, client }: ExaminedApp): Promise<WechatDoctorLine[]> {
  if (!client) return [failed("secret", row.secretSealed === null ? "secretMissing" : "secretUnreadable")];
  try {
    await client.probe(row.kind);
  } catch (error) {
    if (!isWechatFailure(error)) throw error;
    const [check, code] = findingOf(error);
    const broken = ASKED.findIndex((one) => one === check);
    return ASKED.map((one, at) => (at < broken ? fine(one) : at === broken ? failedBy(one, code, error) : later(one)));
  }
  const lines = ASKED.map((one) => fine(one));
  return row.kind === "miniProgram" ? [...lines, await tokenLine(client)] : lines;
}

function findingOf(error: WechatFailure): readonly [(typeof ASKED)[number], WechatDoctorLine["code"]] {
  if (!(error instanceof WechatError)) return ["reach", "unreachable"];
  if (error.trouble === "busy") return ["reach", "busy"];
  if (error.errcode === 40_013) return ["appId", "appIdWrong"];
  if (error.errcode === 40_125 || error.errcode === 40_001) return ["secret", "secretWrong"];
  if (error.errcode === 50_004 || error.errcode === 50_007) return ["appId", "frozen"];
  return ["secret", "refused"];
}

/** Links into the mini program want an access token, which WeChat gives to listed addresses alone; signing in does without. */
async function tokenLine(client: WechatClient): Promise<WechatDoctorLine> {
  try {
    await client.probeToken();
    return fine("trustedIp");
  } catch (error) {
    if (!isWechatFailure(error)) throw error;
    if (!(error instanceof WechatError)) return failedBy("trustedIp", "unreachable", error);
    if (error.errcode === 40_164) return { ...failedBy("trustedIp", "ipUnlisted", error), value: error.ip };
    return failedBy("trustedIp", error.trouble === "busy" ? "busy" : "refused", error);
  }
}

/** Whether the domain is entered only a sign-in on a phone can tell: what is to be entered is shown. */
function officialLines({ row, publicUrl }: ExaminedApp): WechatDoctorLine[] {
  const { hostname, host, protocol } = new URL(publicUrl);
  const local = hostname === "localhost" || /^[\d.]+$|^\[/.test(hostname);
  const domain: WechatDoctorLine = local
    ? { ...failed("returnDomain", "urlNotPublic"), value: publicUrl }
    : { ...later("returnDomain"), code: "domainToEnter", value: host };
  const file =
    row.verifyFile === null
      ? failed("verifyFile", "fileMissing")
      : { ...fine("verifyFile"), value: `${protocol}//${host}/${row.verifyFile}` };
  return [domain, file];
}

function miniLines({ row }: ExaminedApp): WechatDoctorLine[] {
  return [
    row.reservePath === null
      ? failed("reservePath", "pathMissing")
      : { ...fine("reservePath"), value: row.reservePath },
  ];
}

const NOTHING = { errcode: null, value: null };
const fine = (check: Check): WechatDoctorLine => ({ check, state: "ok", code: "fine", ...NOTHING });
const later = (check: Check): WechatDoctorLine => ({ check, state: "notChecked", code: "afterTheOthers", ...NOTHING });
const failed = (check: Check, code: WechatDoctorLine["code"]): WechatDoctorLine => ({
  check,
  state: "failed",
  code,
  ...NOTHING,
});
const failedBy = (check: Check, code: WechatDoctorLine["code"], error: WechatFailure): WechatDoctorLine => ({
  ...failed(check, code),
  errcode: error instanceof WechatError ? error.errcode : null,
});
