"use client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { meaningOf } from "#domain/wecom-errcodes.ts";
import { clockTime } from "../../format/time.ts";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { Callout } from "../../ui/states.tsx";
import { type Corp, Health } from "./corp-data.ts";

const AGAIN_MS = 15_000;
/** How a call can go without WeCom's word; else a number of WeCom's. */
const WHYS = ["connect", "timeout", "cut", "status", "body"] as const;

/** Says nothing while all is well. */
export function HealthLines({ corps }: { corps: readonly Corp[] }) {
  const words = useTranslations("wecomDesk.health");
  const trouble = useTranslations("wecomDesk.trouble");
  const advice = useTranslations("wecom.advice");
  const { value, reload } = useLoaded("wecom health", (signal) =>
    request("/api/v1/wecom/health", { shape: Health, signal }),
  );
  useEffect(() => {
    const timer = setInterval(reload, AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!value) return null;
  const whyOf = (failure: string) => {
    if (/^-?\d+$/.test(failure)) {
      return trouble("numbered", { advice: advice(meaningOf(Number(failure)).advice), errcode: failure });
    }
    return words(`why.${WHYS.find((one) => one === failure) ?? "other"}`);
  };
  const nameOf = (corpId: string) => corps.find((corp) => corp.corpId === corpId || corp.id === corpId)?.name ?? corpId;
  const appOf = (appId: string) => corps.flatMap(({ apps }) => apps).find(({ id }) => id === appId)?.name ?? appId;
  // While WeCom itself is away every company is, for the same reason: that is said once.
  const away =
    value.host.state === "closed"
      ? value.corps
          .filter(({ state }) => state !== "closed")
          .map((circuit) => ({ key: circuit.corpId, who: nameOf(circuit.corpId), circuit }))
      : [{ key: "host", who: words("wecom"), circuit: value.host }];
  return (
    <div className="flex flex-col gap-2 empty:hidden">
      {away.map(({ key, who, circuit }) => (
        <Callout key={key} tone="air">
          {words("open", { who, failures: circuit.failures })}{" "}
          {circuit.nextTryAt === null ? words("trying") : words("nextTry", { time: clockTime(circuit.nextTryAt) })}
          {circuit.lastFailure === null ? null : (
            <span className="block text-xs">{words("lastFailure", { why: whyOf(circuit.lastFailure) })}</span>
          )}
        </Callout>
      ))}
      {value.resting.map(({ corpId, api, until }) => (
        <Callout key={`${corpId} ${api}`} tone="wait">
          {words("resting", { who: nameOf(corpId), api, time: clockTime(until) })}
        </Callout>
      ))}
      {value.refusedSecrets.map(({ appId, until }) => (
        <Callout key={appId} tone="air">
          {words("refusedSecret", { app: appOf(appId), time: clockTime(until) })}
        </Callout>
      ))}
    </div>
  );
}
