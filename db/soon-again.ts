/** Seconds until the next attempt to connect. The library's own go up to 20: too long for those who wait for a database that is back. */
export const soonAgain = (attempt: number): number => Math.min(attempt, 5) * 0.1;
