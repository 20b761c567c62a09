"use client";

/** Beside the control room of that second: the pictures of the stream and what the host saw. */
export function BesideColumn() {
  return <div className="w-[300px] shrink-0 border-r" />;
}
