/** The pages of the warm-up in their order, as they are called in the address. */
export const TAB_NAMES = [
  "board",
  "leaderboard",
  "firstContacts",
  "sources",
  "landing",
  "waves",
  "rewards",
  "methods",
  "compliance",
] as const;

export type WarmupTab = (typeof TAB_NAMES)[number];

export function isTab(name: string): name is WarmupTab {
  return TAB_NAMES.some((known) => known === name);
}
