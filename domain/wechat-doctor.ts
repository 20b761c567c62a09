/**
 * What the check of an app of WeChat's looks at, and what it finds. The words of each (what is missing, where in WeChat's console it stands) are the
 * interface's: `wechatDesk.check.<check>` and `wechatDesk.finding.<code>`.
 */
export const WECHAT_CHECKS = [
  "reach",
  "appId",
  "secret",
  "trustedIp",
  "returnDomain",
  "verifyFile",
  "reservePath",
] as const;

export const WECHAT_FINDINGS = [
  "fine",
  "secretMissing",
  "secretUnreadable",
  "unreachable",
  "busy",
  "appIdWrong",
  "secretWrong",
  "frozen",
  "ipUnlisted",
  "urlNotPublic",
  "domainToEnter",
  "fileMissing",
  "pathMissing",
  "refused",
  "afterTheOthers",
] as const;
