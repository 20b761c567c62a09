"use client";
import { useCallback } from "react";
import * as z from "zod/mini";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";

const ShortLinks = z.object({ origin: z.string(), code: z.string(), short: z.string() });

/**
 * The link that a source's people open: the short one, which moves along when the page gets another domain; while it is not known, the
 * page itself. `null`: not known yet.
 */
export function useSourceLink(sessionId: string): (code: string) => string | null {
  const path = `/api/v1/sessions/${encodeURIComponent(sessionId)}/short-links`;
  const { value, failure } = useLoaded(path, (signal) => request(path, { shape: ShortLinks, signal }));
  const short = value?.short;
  const failed = failure !== null;
  return useCallback(
    (code) => {
      if (short !== undefined) return `${short}-s${code}`;
      return failed ? `${location.origin}/v/${encodeURIComponent(sessionId)}?s=${code}` : null;
    },
    [short, failed, sessionId],
  );
}

/** Whether it moves along when the page gets another domain. */
export const isShortLink = (link: string): boolean => new URL(link).pathname.startsWith("/s/");
