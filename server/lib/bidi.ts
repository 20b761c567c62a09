/** Characters that turn the direction of what follows them, beyond the end of the text they came in: a name could rewrite the line it stands in. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export const withoutTurns = (text: string): string => text.replace(TURNS, "");
