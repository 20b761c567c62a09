import { createEngine } from "../engine.ts";
import { quota } from "./quota.ts";

/** What spans the shows of a WeCom corp stands in a stream of its own, on the same machinery as a show. It needs no act that creates it. */
export const corpEngine = createEngine([quota]);

const PREFIX = "corp:";
export const corpStream = (corpId: string): string => PREFIX + corpId;
export const isCorpStream = (streamId: string): boolean => streamId.startsWith(PREFIX);
