/**
 * What the connection doctor looks at, and what it finds. The words of each (what is missing, where in the admin console it is switched on) are the
 * interface's: `wecomDoctor.check.<check>` and `wecomDoctor.finding.<code>`.
 */
export const DOCTOR_CHECKS = [
  "reach",
  "corpId",
  "secret",
  "trustedIp",
  "allowedApp",
  "visibleRange",
  "callbackKeys",
  "callbackUrl",
  "signInDomain",
  "robot",
] as const;

export const DOCTOR_FINDINGS = [
  "fine",
  "appMissing",
  "secretMissing",
  "secretUnreadable",
  "unreachable",
  "noAnswer",
  "paused",
  "busy",
  "corpIdWrong",
  "secretWrong",
  "ipUntrusted",
  "appNotAllowed",
  "rangeTooSmall",
  "rangeEmpty",
  "keysMissing",
  "neverCalledBack",
  "urlNotPublic",
  "domainToAdd",
  "robotRemoved",
  "robotUnanswered",
  "robotNotSent",
  "robotUntried",
  "refused",
  "afterTheOthers",
] as const;
