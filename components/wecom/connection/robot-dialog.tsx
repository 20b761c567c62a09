"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SavingDialog } from "../../settings/saving-dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { type Robot, ROBOT_PURPOSES } from "./corp-data.ts";
import { SecretField } from "./secret-field.tsx";

type Props = { corpId: string; robot: Robot | null; onClose: () => void; onSaved: () => void };

export function RobotDialog({ corpId, robot, onClose, onSaved }: Props) {
  const words = useTranslations("wecomDesk.robot");
  const [name, setName] = useState(robot?.name ?? words("defaultName"));
  const [groupName, setGroupName] = useState(robot?.groupName ?? "");
  const [purpose, setPurpose] = useState<Robot["purpose"]>(robot?.purpose ?? "all");
  const [key, setKey] = useState<string | null>(robot ? null : "");
  const isReady = name.trim() !== "" && groupName.trim() !== "" && (robot !== null || (key ?? "").trim().length >= 8);
  return (
    <SavingDialog
      title={robot ? words("editTitle", { name: robot.name }) : words("addTitle")}
      description={words("addHint")}
      isReady={isReady}
      ask={() => ({
        path: robot ? `/api/v1/wecom/robots/${robot.id}` : `/api/v1/wecom/corps/${corpId}/robots`,
        method: robot ? "PATCH" : "POST",
        body: {
          name: name.trim(),
          groupName: groupName.trim(),
          purpose,
          ...(key === null || key.trim() === "" ? {} : { key: key.trim() }),
        },
      })}
      onClose={onClose}
      onSaved={onSaved}
    >
      <Field label={words("name")} required>
        <Input maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={words("groupName")} hint={words("groupNameHint")} required>
        <Input autoFocus maxLength={40} value={groupName} onChange={(event) => setGroupName(event.target.value)} />
      </Field>
      <Field label={words("purposeLabel")}>
        <Select
          value={purpose}
          onChange={setPurpose}
          options={ROBOT_PURPOSES.map((one) => ({ value: one, label: words(`purpose.${one}`) }))}
        />
      </Field>
      <SecretField label={words("key")} hint={words("keyHint")} state={robot?.key} value={key} onChange={setKey} />
    </SavingDialog>
  );
}
