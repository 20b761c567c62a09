"use client";
import { useTranslations } from "next-intl";
import * as z from "zod/mini";
import { request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { Callout } from "../ui/states.tsx";

const Offer = z.object({ corps: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Ways in by WeCom, one for each company that has them; nothing where there is none. */
export function WecomButtons({ next }: { next: string }) {
  const words = useTranslations("wecomSignIn");
  const { value } = useLoaded("sign-in/wecom", (signal) => request("/api/v1/sign-in/wecom", { shape: Offer, signal }));
  const corps = value?.corps ?? [];
  if (corps.length === 0) return null;
  return (
    <div className="mt-4 flex flex-col gap-3">
      <p className="text-center text-xs text-faint">{words("or")}</p>
      {corps.map(({ id, name }) => (
        <a
          key={id}
          href={`/api/v1/sign-in/wecom/start?corp=${encodeURIComponent(id)}&next=${encodeURIComponent(next)}`}
          className="flex min-h-10 items-center justify-center rounded-md border border-edge px-4 text-center text-base hover:bg-hover"
        >
          {corps.length === 1 ? words("with") : words("withCorp", { corp: name })}
        </a>
      ))}
    </div>
  );
}

const WHYS = ["stale", "refused", "away", "outsider", "unmapped", "noAccount", "disabled"] as const;

/** Why WeCom's way in ended here. */
export function WecomTurnedAway({ why }: { why: string | null }) {
  const words = useTranslations("wecomSignIn");
  const known = WHYS.find((code) => code === why);
  return known ? (
    <div className="mb-4">
      <Callout tone={known === "unmapped" ? "wait" : "air"}>{words(known)}</Callout>
    </div>
  ) : null;
}
