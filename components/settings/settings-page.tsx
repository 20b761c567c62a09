"use client";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { useMe } from "../shell/me-provider.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { AccountSection } from "./account-section.tsx";
import { MappingsSection } from "./mappings-section.tsx";
import { PeopleSection } from "./people-section.tsx";
import { RoomsSection } from "./rooms-section.tsx";
import { TokensSection } from "./tokens-section.tsx";
import { WechatSection } from "./wechat/wechat-section.tsx";

const TABS = ["account", "people", "rooms", "mappings", "wechat", "tokens"] as const;
type TabName = (typeof TABS)[number];

const contents: Record<TabName, () => ReactNode> = {
  account: () => <AccountSection />,
  people: () => <PeopleSection />,
  rooms: () => <RoomsSection />,
  mappings: () => <MappingsSection />,
  wechat: () => <WechatSection />,
  tokens: () => <TokensSection />,
};

export function SettingsPage() {
  const words = useTranslations("settings");
  const me = useMe();
  const manages = me.owner || me.rooms.some(({ roles }) => roles.includes("manager"));
  const open: readonly TabName[] = me.owner ? TABS : manages ? TABS.filter((name) => name !== "tokens") : ["account"];
  const [tab, setTab] = useState<TabName>("account");
  useEffect(() => {
    const asked = new URLSearchParams(location.search).get("tab");
    const found = TABS.find((name) => name === asked);
    if (found) setTab(found);
  }, []);
  const change = useCallback((next: TabName) => {
    history.replaceState(null, "", `?tab=${next}`);
    setTab(next);
  }, []);
  return (
    <div className="mx-auto flex max-w-[1120px] flex-col">
      <h1 className="px-6 py-5 text-lg font-semibold">{words("title")}</h1>
      <Tabs
        className="px-2"
        label={words("title")}
        value={open.includes(tab) ? tab : "account"}
        onChange={change}
        tabs={open.map((name) => ({
          value: name,
          label: words(`tab.${name}`),
          content: <div className="px-4 py-5">{contents[name]()}</div>,
        }))}
      />
    </div>
  );
}
