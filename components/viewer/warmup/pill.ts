/** A link that looks like a button. */
export const pill =
  "inline-flex min-h-11 min-w-20 items-center justify-center rounded-full border border-act px-5 text-center text-base font-semibold";
