"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AnyAnswer, request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { notify } from "../../ui/toast.tsx";
import type { Corp, Robot } from "./corp-data.ts";
import { DoctorLine } from "./doctor-data.ts";
import { useFindingWords } from "./finding-words.ts";
import { RobotDialog } from "./robot-dialog.tsx";
import { SecretState } from "./secret-state.tsx";

/** Robots of internal groups: they speak to the staff, never to customers. */
export function RobotsTable({ corp, onChanged }: { corp: Corp; onChanged: () => void }) {
  const words = useTranslations("wecomDesk.robot");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [opened, setOpened] = useState<{ robot: Robot | null } | null>(null);
  const [removing, setRemoving] = useState<Robot | null>(null);
  const remove = async (robot: Robot) => {
    const reply = await request(`/api/v1/wecom/robots/${robot.id}`, { method: "DELETE", shape: AnyAnswer });
    if (reply.ok) onChanged();
    else notify({ tone: "air", title: explain(reply.failure) });
    return reply.ok;
  };
  const add = (
    <Button size="sm" onClick={() => setOpened({ robot: null })}>
      <Icon name="plus" size={13} />
      {words("add")}
    </Button>
  );
  return (
    <div>
      <div className="flex items-center justify-between pb-1">
        <h3 className="text-sm font-semibold text-dim">{words("heading")}</h3>
        {corp.robots.length === 0 ? null : add}
      </div>
      {corp.robots.length === 0 ? (
        <EmptyState compact icon="info" title={words("emptyTitle")} text={words("emptyText")} actions={add} />
      ) : (
        <WideTable label={`${corp.name} ${words("heading")}`}>
          <Head>
            <Th>{words("name")}</Th>
            <Th>{words("groupName")}</Th>
            <Th className="w-40">{words("purposeLabel")}</Th>
            <Th className="w-36">{words("key")}</Th>
            <Th className="w-44" aria-label={ui("more")} />
          </Head>
          <tbody>
            {corp.robots.map((robot) => (
              <Tr key={robot.id}>
                <Td className="max-w-0 truncate font-medium" title={robot.name}>
                  {robot.name}
                </Td>
                <Td className="max-w-0 truncate text-dim" title={robot.groupName}>
                  {robot.groupName}
                </Td>
                <Td className="text-dim">{words(`purpose.${robot.purpose}`)}</Td>
                <Td>
                  <SecretState state={robot.key} />
                </Td>
                <Td className="px-1 text-right whitespace-nowrap">
                  <TestButton robot={robot} />
                  <Button
                    size="sm"
                    look="ghost"
                    aria-label={`${ui("edit")} ${robot.name}`}
                    onClick={() => setOpened({ robot })}
                  >
                    {ui("edit")}
                  </Button>
                  <Button
                    size="sm"
                    look="ghost"
                    aria-label={`${ui("remove")} ${robot.name}`}
                    onClick={() => setRemoving(robot)}
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
        <RobotDialog
          corpId={corp.id}
          robot={opened.robot}
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

/** A key can be tried in no other way than by a line in the group. */
function TestButton({ robot }: { robot: Robot }) {
  const words = useTranslations("wecomDesk.robot");
  const explain = useFailure();
  const finding = useFindingWords();
  const [busy, setBusy] = useState(false);
  const test = async () => {
    setBusy(true);
    const reply = await request(`/api/v1/wecom/robots/${robot.id}/test`, { method: "POST", shape: DoctorLine });
    setBusy(false);
    if (!reply.ok) return notify({ tone: "air", title: explain(reply.failure) });
    const isFine = reply.value.state === "ok";
    notify({
      tone: isFine ? "sure" : "air",
      title: isFine ? words("tested", { group: robot.groupName }) : finding(reply.value),
    });
  };
  return (
    <Button
      size="sm"
      look="ghost"
      busy={busy}
      aria-label={`${words("test")} ${robot.name}`}
      onClick={() => void test()}
    >
      {words("test")}
    </Button>
  );
}
