"use client";
/** What lies below the first screen of a landing page: one part of the script, fetched at once. */
export { Block } from "./block.tsx";
export { BoardCard } from "./board.tsx";
export { Honours } from "./honours.tsx";
export { MyInvites } from "./my-invites.tsx";
