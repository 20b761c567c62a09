/** How each of ten shows is drawn: by colour, by dash and by its number, so that none has to be told by colour alone. */

export const SHOWS_MIN = 2;
export const SHOWS_MAX = 10;

export type LineLook = { readonly color: string; readonly dash: string };

/** All keep 4.5:1 on the page. Neighbours differ in both. */
const LOOKS: readonly LineLook[] = [
  { color: "#8fc0ff", dash: "" },
  { color: "#ffb84d", dash: "7 3" },
  { color: "#5fd59a", dash: "2 3" },
  { color: "#ff9592", dash: "10 3 2 3" },
  { color: "#b8adff", dash: "14 4" },
  { color: "#e9d66b", dash: "" },
  { color: "#f29ee0", dash: "7 3" },
  { color: "#6fd0f7", dash: "2 3" },
  { color: "#c7d0db", dash: "10 3 2 3" },
  { color: "#d9a273", dash: "14 4" },
];

export const lookOf = (index: number): LineLook => LOOKS[index % LOOKS.length] ?? { color: "#8fc0ff", dash: "" };
