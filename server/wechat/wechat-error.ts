/**
 * What an errcode of WeChat's means for whoever waits. `code`: the code is used, too old or of another app; going out again gives a new one. `limited`: WeChat
 * restricts the account. `setup`: app id, secret or a right is wrong, and somebody of the house has to mend it. `token`: the access token holds no more.
 * `busy`: later. `refused`: what was asked for is wrong.
 */
export type WechatTrouble = "code" | "limited" | "setup" | "token" | "busy" | "refused";

const TROUBLES: Readonly<Record<number, WechatTrouble>> = {
  [-1]: "busy",
  45_009: "busy",
  45_011: "busy",
  44_990: "busy",
  40_029: "code",
  40_163: "code",
  41_008: "code",
  42_003: "code",
  40_226: "limited",
  40_001: "token",
  40_014: "token",
  42_001: "token",
  40_002: "setup",
  40_013: "setup",
  40_125: "setup",
  40_164: "setup",
  41_002: "setup",
  41_004: "setup",
  43_104: "setup",
  48_001: "setup",
  48_004: "setup",
  50_004: "setup",
  50_007: "setup",
};

const MESSAGE_MAX = 300;

/** WeChat answered, and refused. */
export class WechatError extends Error {
  override readonly name = "WechatError";
  readonly api: string;
  readonly errcode: number;
  readonly trouble: WechatTrouble;
  /** The address that WeChat saw the call come from: with 40164 the one to be listed. */
  readonly ip: string | null;

  constructor(api: string, errcode: number, errmsg: string) {
    super(`${api}: ${errcode} ${errmsg.slice(0, MESSAGE_MAX)}`);
    this.api = api;
    this.errcode = errcode;
    this.trouble = TROUBLES[errcode] ?? "refused";
    this.ip = /invalid ip ([0-9a-fA-F.:]+)/.exec(errmsg)?.[1] ?? null;
  }
}

/** No answer of WeChat's, or one that is not what the document says. Whether a code was used is not known: nothing is asked with it again. */
export class WechatAwayError extends Error {
  override readonly name = "WechatAwayError";
  readonly api: string;
  readonly retryAfterMs: number;

  constructor(
    api: string,
    why: string,
    { retryAfterMs = 1_000, cause }: { readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(`${api}: ${why}`, cause === undefined ? {} : { cause });
    this.api = api;
    this.retryAfterMs = retryAfterMs;
  }
}

export type WechatFailure = WechatError | WechatAwayError;

export function isWechatFailure(error: unknown): error is WechatFailure {
  return error instanceof WechatError || error instanceof WechatAwayError;
}
