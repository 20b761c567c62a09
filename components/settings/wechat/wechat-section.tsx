"use client";
import { useTranslations } from "next-intl";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { Callout } from "../../ui/states.tsx";
import { LoadedSection } from "../loaded-section.tsx";
import { DomainsSection } from "./domains-section.tsx";
import { WechatAppsTable } from "./wechat-apps-table.tsx";
import { WechatApps } from "./wechat-data.ts";
import { WechatDoctor } from "./wechat-doctor.tsx";
import { WechatGuide } from "./wechat-guide.tsx";

/** Who viewers are by WeChat, and the domains by which they come. */
export function WechatSection() {
  const words = useTranslations("wechatDesk");
  const apps = useLoaded("wechat apps", (signal) => request("/api/v1/wechat/apps", { shape: WechatApps, signal }));
  return (
    <LoadedSection loaded={apps}>
      {(value) => (
        <div className="flex flex-col gap-8">
          <p className="max-w-[720px] text-xs text-faint">{words("intro")}</p>
          {value.stale ? <Callout tone="wait">{words("apps.stale")}</Callout> : null}
          <WechatAppsTable apps={value.apps} onChanged={apps.reload} />
          {value.apps.map((app) => (
            // Examined anew after each change: what was found no longer says anything.
            <WechatDoctor key={`${app.id} ${JSON.stringify(app)}`} app={app} />
          ))}
          <DomainsSection />
          <WechatGuide open={value.apps.length === 0} returnDomain={value.returnDomain} />
        </div>
      )}
    </LoadedSection>
  );
}
