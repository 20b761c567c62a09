"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { dayTime } from "../../format/time.ts";
import { AnyAnswer, request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { CopyValue } from "../copy-value.tsx";
import { AppDialog } from "./app-dialog.tsx";
import type { App, Corp } from "./corp-data.ts";
import { SecretState } from "./secret-state.tsx";

export function AppsTable({ corp, onChanged }: { corp: Corp; onChanged: () => void }) {
  const words = useTranslations("wecomDesk.app");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [opened, setOpened] = useState<{ app: App | null } | null>(null);
  const [removing, setRemoving] = useState<App | null>(null);
  const remove = async (app: App) => {
    const reply = await request(`/api/v1/wecom/apps/${app.id}`, { method: "DELETE", shape: AnyAnswer });
    if (reply.ok) onChanged();
    else notify({ tone: "air", title: explain(reply.failure) });
    return reply.ok;
  };
  const add = (
    <Button size="sm" onClick={() => setOpened({ app: null })}>
      <Icon name="plus" size={13} />
      {words("add")}
    </Button>
  );
  return (
    <div>
      <div className="flex items-center justify-between pb-1">
        <h3 className="text-sm font-semibold text-dim">{words("heading")}</h3>
        {corp.apps.length === 0 ? null : add}
      </div>
      {corp.apps.length === 0 ? (
        <EmptyState compact icon="settings" title={words("emptyTitle")} text={words("emptyText")} actions={add} />
      ) : (
        <WideTable label={`${corp.name} ${words("heading")}`}>
          <Head>
            <Th>{words("name")}</Th>
            <Th className="w-24">AgentId</Th>
            <Th className="w-36">Secret</Th>
            <Th>{words("callbackUrl")}</Th>
            <Th className="w-40">{words("callback")}</Th>
            <Th className="w-28" aria-label={ui("more")} />
          </Head>
          <tbody>
            {corp.apps.map((app) => (
              <Tr key={app.id}>
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
                <Td className="px-1 text-right whitespace-nowrap">
                  <Button
                    size="sm"
                    look="ghost"
                    aria-label={`${ui("edit")} ${app.name}`}
                    onClick={() => setOpened({ app })}
                  >
                    {ui("edit")}
                  </Button>
                  <Button
                    size="sm"
                    look="ghost"
                    aria-label={`${ui("remove")} ${app.name}`}
                    onClick={() => setRemoving(app)}
                  >
                    {ui("remove")}
                  </Button>
                </Td>
              </Tr>
            ))}
          </tbody>
        </WideTable>
      )}
      {opened ? (
        <AppDialog
          corpId={corp.id}
          app={opened.app}
          onClose={() => setOpened(null)}
          onSaved={() => {
            setOpened(null);
            onChanged();
          }}
        />
      ) : null}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={words("removeTitle", { name: removing?.name ?? "" })}
        confirmLabel={ui("remove")}
        onConfirm={() => (removing ? remove(removing) : true)}
      >
        {words("removeText")}
      </ConfirmDialog>
    </div>
  );
}

function CallbackState({ app }: { app: App }) {
  const words = useTranslations("wecomDesk.app");
  if (!app.callback.set) return <Tag tone="wait">{words("callbackMissing")}</Tag>;
  if (app.callbackVerifiedAt === null) return <Tag tone="wait">{words("callbackUnverified")}</Tag>;
  return <Tag tone="sure">{words("callbackVerified", { time: dayTime(app.callbackVerifiedAt) })}</Tag>;
}
