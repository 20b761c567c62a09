/** What a show finds out of an improvement: 有用, 没用, 说不清. */
export const OUTCOMES = ["worked", "notWorked", "unclear"] as const;

/** More are none: nobody follows ten. */
export const IMPROVEMENTS_MAX = 3;
