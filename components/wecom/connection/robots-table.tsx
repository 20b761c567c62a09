"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Td, Th } from "../../ui/table.tsx";
import { notify } from "../../ui/toast.tsx";
import type { Corp, Robot } from "./corp-data.ts";
import { DoctorLine } from "./doctor-data.ts";
import { useFindingWords } from "./finding-words.ts";
import { PartsSection } from "./parts-section.tsx";
import { RobotDialog } from "./robot-dialog.tsx";
import { SecretState } from "./secret-state.tsx";

/** Robots of internal groups: they speak to the staff, never to customers. */
export function RobotsTable({ corp, onChanged }: { corp: Corp; onChanged: () => void }) {
  const words = useTranslations("wecomDesk.robot");
  return (
    <PartsSection
      corpName={corp.name}
      parts={corp.robots}
      of="robot"
      icon="info"
      onChanged={onChanged}
      head={
        <>
          <Th>{words("name")}</Th>
          <Th>{words("groupName")}</Th>
          <Th className="w-40">{words("purposeLabel")}</Th>
          <Th className="w-36">{words("key")}</Th>
        </>
      }
      cells={(robot) => <RobotCells robot={robot} />}
      act={(robot) => <TestButton robot={robot} />}
      dialog={({ part, ...told }) => <RobotDialog corpId={corp.id} robot={part} {...told} />}
    />
  );
}

function RobotCells({ robot }: { robot: Robot }) {
  const words = useTranslations("wecomDesk.robot");
  return (
    <>
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
    </>
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
