/** As a `ref`: what a press brings up stands below the fold or behind the bar as often as not. Wants `clear`. */
export const intoView = (part: HTMLElement | null) => part?.scrollIntoView({ block: "nearest" });
/** Clear of the bar below, and of what sticks above. */
export const clear = "scroll-my-28";
