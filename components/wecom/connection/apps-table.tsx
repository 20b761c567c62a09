"use client";
import { useTranslations } from "next-intl";
import { dayTime } from "../../format/time.ts";
import { Td, Th } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { CopyValue } from "../copy-value.tsx";
import { AppDialog } from "./app-dialog.tsx";
import type { App, Corp } from "./corp-data.ts";
import { PartsSection } from "./parts-section.tsx";
import { SecretState } from "./secret-state.tsx";

export function AppsTable({ corp, onChanged }: { corp: Corp; onChanged: () => void }) {
  const words = useTranslations("wecomDesk.app");
  return (
    <PartsSection
      corpName={corp.name}
      parts={corp.apps}
      of="app"
      icon="settings"
      onChanged={onChanged}
      head={
        <>
          <Th>{words("name")}</Th>
          <Th className="w-24">AgentId</Th>
          <Th className="w-36">Secret</Th>
          <Th>{words("callbackUrl")}</Th>
          <Th className="w-40">{words("callback")}</Th>
        </>
      }
      cells={(app) => <AppCells app={app} />}
      dialog={({ part, ...told }) => <AppDialog corpId={corp.id} app={part} {...told} />}
    />
  );
}

function AppCells({ app }: { app: App }) {
  const words = useTranslations("wecomDesk.app");
  return (
    <>
      <Td className="max-w-48">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium" title={app.name}>
            {app.name}
          </span>
          <Tag shape={false}>{words(`purpose.${app.purpose}`)}</Tag>
        </span>
      </Td>
      <Td className="tabular-nums">{app.agentId}</Td>
      <Td>
        <SecretState state={app.secret} />
      </Td>
      <Td className="max-w-0">
        <CopyValue value={app.callbackUrl} label={words("callbackUrl")} />
      </Td>
      <Td>
        <CallbackState app={app} />
      </Td>
    </>
  );
}

function CallbackState({ app }: { app: App }) {
  const words = useTranslations("wecomDesk.app");
  if (!app.callback.set) return <Tag tone="wait">{words("callbackMissing")}</Tag>;
  if (app.callbackVerifiedAt === null) return <Tag tone="wait">{words("callbackUnverified")}</Tag>;
  return <Tag tone="sure">{words("callbackVerified", { time: dayTime(app.callbackVerifiedAt) })}</Tag>;
}
