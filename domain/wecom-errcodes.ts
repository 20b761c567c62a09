/**
 * What WeCom's error codes mean for who called, and what a person can do about them. Codes that are not here are of class `other`: shown as they are,
 * never retried.
 */
export type WecomErrorClass =
  /** WeCom is busy; a call that may be repeated is. */
  | "retry"
  /** Somebody changed it in between: read again, then try again. */
  | "conflict"
  /** Too often; blocked for the length of the rule. */
  | "rate"
  /** Two calls on one object at once. */
  | "concurrency"
  /** The access token holds no more; fetched anew once. */
  | "token"
  /** Corp id or secret are wrong: every further try makes it worse. */
  | "secret"
  /** A right is missing that is switched on in the admin console. */
  | "permission"
  /** This member, customer, group or tag can't be reached; others can. */
  | "target"
  /** WeCom takes no message like this. */
  | "content"
  /** It was there once: a code that ran out, a task that was cancelled, a robot that was removed. */
  | "gone"
  /** A number that WeCom allows is used up. */
  | "quota"
  /** Not yet: ask again later. */
  | "notReady"
  /** A mistake of this program. */
  | "bug"
  | "other";

export const WECOM_ADVICE = [
  "waitAndRetry",
  "readAgain",
  "slowDown",
  "renewToken",
  "checkSecret",
  "checkCorpId",
  "trustIp",
  "allowApp",
  "widenRange",
  "trustDomain",
  "allowContacts",
  "ownApp",
  "realName",
  "licence",
  "dropTarget",
  "noTargets",
  "uploadAgain",
  "shorten",
  "fixAttachments",
  "fillText",
  "fileTooLarge",
  "resyncTags",
  "signInAgain",
  "welcomeTaken",
  "welcomeLate",
  "cancelled",
  "remindLater",
  "askLater",
  "quotaUsed",
  "addFilter",
  "checkRobot",
  "recordAgain",
  "reportBug",
  "lookUp",
] as const;
export type WecomAdvice = (typeof WECOM_ADVICE)[number];

export type WecomMeaning = { readonly class: WecomErrorClass; readonly advice: WecomAdvice };

const means = (kind: WecomErrorClass, advice: WecomAdvice, codes: readonly number[]): [number, WecomMeaning][] =>
  codes.map((code) => [code, { class: kind, advice }]);

const meanings: ReadonlyMap<number, WecomMeaning> = new Map([
  ...means("retry", "waitAndRetry", [-1]),
  ...means("conflict", "readAgain", [6000]),
  ...means("rate", "slowDown", [45009]),
  ...means("concurrency", "slowDown", [45033, 45035]),
  ...means("token", "renewToken", [40014, 42001]),
  ...means("secret", "checkSecret", [40001]),
  ...means("secret", "checkCorpId", [40013]),
  ...means("permission", "allowApp", [48002]),
  ...means("permission", "trustDomain", [50001]),
  ...means("permission", "widenRange", [60011]),
  ...means("permission", "trustIp", [60020]),
  ...means("permission", "allowContacts", [84074]),
  ...means("permission", "ownApp", [301002, 41058, 86008]),
  ...means("permission", "realName", [40098, 41054]),
  ...means("permission", "licence", [701008]),
  ...means("target", "dropTarget", [40003, 60111, 40096, 84061, 86001, 86003, 90500, 90501, 90507, 90511, 41053]),
  ...means("target", "noTargets", [41048, 81013, 82001]),
  ...means("target", "resyncTags", [40068, 40071]),
  ...means("content", "uploadAgain", [40007]),
  ...means("content", "fixAttachments", [41064, 41065, 41072, 41080, 45008]),
  ...means("content", "fillText", [44004]),
  ...means("content", "shorten", [45002]),
  ...means("content", "fileTooLarge", [45001, 44001]),
  ...means("gone", "signInAgain", [40029]),
  ...means("gone", "welcomeTaken", [41051]),
  ...means("gone", "welcomeLate", [41049, 41050]),
  ...means("gone", "cancelled", [41093]),
  ...means("gone", "recordAgain", [41044, 41047]),
  ...means("gone", "checkRobot", [93000, 93004, 93008]),
  ...means("quota", "remindLater", [41094]),
  ...means("quota", "quotaUsed", [41041, 41045, 41055, 41078]),
  ...means("quota", "addFilter", [81017]),
  ...means("notReady", "askLater", [41063, 41079, 41096]),
  ...means("bug", "reportBug", [40056, 40058, 40063, 41001, 41002, 41004, 41046, 42012]),
]);

export function meaningOf(errcode: number): WecomMeaning {
  return meanings.get(errcode) ?? { class: "other", advice: "lookUp" };
}
