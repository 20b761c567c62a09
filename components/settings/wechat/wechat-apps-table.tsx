"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { dayTime } from "../../format/time.ts";
import { AnyAnswer, request } from "../../http/request.ts";
import { useMe } from "../../shell/me-provider.tsx";
import { useList } from "../../ui/use-list.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { WechatAppDialog } from "./wechat-app-dialog.tsx";
import { WECHAT_KINDS, type WechatApp, type WechatKind } from "./wechat-data.ts";

type Opened = { readonly kind: WechatKind; readonly app: WechatApp | null };

export function WechatAppsTable({ apps, onChanged }: { apps: readonly WechatApp[]; onChanged: () => void }) {
  const words = useTranslations("wechatDesk.apps");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [removing, setRemoving] = useState<WechatApp | null>(null);
  const remove = async (app: WechatApp) => {
    const reply = await request(`/api/v1/wechat/apps/${app.id}`, { method: "DELETE", shape: AnyAnswer });
    if (reply.ok) onChanged();
    else notify({ tone: "air", title: explain(reply.failure) });
    return reply.ok;
  };
  const add = WECHAT_KINDS.map((kind) => (
    <Button key={kind} size="sm" onClick={() => setOpened({ kind, app: null })}>
      <Icon name="plus" size={13} />
      {words(kind === "official" ? "addOfficial" : "addMini")}
    </Button>
  ));
  return (
    <section aria-label={words("heading")}>
      <div className="flex flex-wrap items-center gap-2 pb-2">
        <h2 className="mr-auto text-sm font-semibold text-dim">{words("heading")}</h2>
        {apps.length === 0 ? null : add}
      </div>
      {apps.length === 0 ? (
        <EmptyState
          compact
          icon="settings"
          title={words("emptyTitle")}
          text={words("emptyText")}
          actions={<div className="flex gap-2">{add}</div>}
        />
      ) : (
        <WideTable label={words("heading")}>
          <Head>
            <Th>{words("name")}</Th>
            <Th className="w-48">{words("appId")}</Th>
            <Th className="w-40">{words("secret")}</Th>
            <Th>{words("rooms")}</Th>
            <Th>{words("detail")}</Th>
            <Th className="w-32" aria-label={ui("more")} />
          </Head>
          <tbody>
            {apps.map((app) => (
              <AppRow
                key={app.id}
                app={app}
                onEdit={() => setOpened({ kind: app.kind, app })}
                onRemove={() => setRemoving(app)}
              />
            ))}
          </tbody>
        </WideTable>
      )}
      {opened ? (
        <WechatAppDialog
          kind={opened.kind}
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
    </section>
  );
}

function AppRow({ app, onEdit, onRemove }: { app: WechatApp; onEdit: () => void; onRemove: () => void }) {
  const words = useTranslations("wechatDesk.apps");
  const secret = useTranslations("wecomDesk.secret");
  const ui = useTranslations("ui");
  const list = useList();
  const { rooms } = useMe();
  const { roomIds } = app;
  const used =
    roomIds === null ? words("allRooms") : list(rooms.filter(({ id }) => roomIds.includes(id)).map(({ name }) => name));
  const detail = app.kind === "official" ? app.verifyFile : app.reservePath;
  return (
    <Tr>
      <Td className="max-w-48">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium" title={app.name}>
            {app.name}
          </span>
          <Tag shape={false}>{words(`kind.${app.kind}`)}</Tag>
        </span>
      </Td>
      <Td className="font-mono text-xs">{app.appId}</Td>
      <Td>
        {app.secret.set ? (
          <span className="text-dim">
            {app.secret.at === null ? secret("set") : secret("setAt", { time: dayTime(app.secret.at) })}
          </span>
        ) : (
          <Tag tone="wait">{secret("missing")}</Tag>
        )}
      </Td>
      <Td className="max-w-40 truncate text-dim" title={used}>
        {used}
      </Td>
      <Td className="max-w-56 truncate text-dim" title={detail ?? ""}>
        {detail ?? words("noDetail")}
      </Td>
      <Td className="px-1 text-right whitespace-nowrap">
        <Button size="sm" look="ghost" aria-label={`${ui("edit")} ${app.name}`} onClick={onEdit}>
          {ui("edit")}
        </Button>
        <Button size="sm" look="ghost" aria-label={`${ui("remove")} ${app.name}`} onClick={onRemove}>
          {ui("remove")}
        </Button>
      </Td>
    </Tr>
  );
}
