"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ROBOT_IMAGE_BYTES_MAX } from "#domain/wecom-limits.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { forReports, loadLineChoices, type Robot } from "../../live/pushes/line-data.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { MultiSelect } from "../../ui/multi-select.tsx";
import { Callout, SkeletonRows } from "../../ui/states.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { notify } from "../../ui/toast.tsx";
import { sendReport, type Parcel } from "./send-report.ts";

export type SendProps = {
  sessionId: string;
  roomId: string;
  rehearsal: boolean;
  picture: Blob | null;
  onClose: () => void;
};

/** 战报 into internal groups: words with the link, and the picture as it was drawn here. */
export function SendDialog(props: SendProps) {
  const words = useTranslations("report.send");
  const desk = useTranslations("pushDesk");
  const explain = useFailure();
  const { sessionId, roomId, rehearsal, onClose } = props;
  const choices = useLoaded(`lines ${roomId}`, (signal) => loadLineChoices({ roomId, rehearsal }, signal));
  const { value, failure } = choices;
  if (value && value !== "notConnected" && value.robots.length > 0) return <Form robots={value.robots} {...props} />;
  return (
    <Dialog open onOpenChange={onClose} width="sm" title={words("title")}>
      {value === null ? (
        failure ? (
          <Callout tone="air">{explain(failure)}</Callout>
        ) : (
          <SkeletonRows rows={2} />
        )
      ) : (
        <p key={sessionId} className="text-sm text-dim">
          {desk(value === "notConnected" ? "notConnected" : "noRobots")}{" "}
          <Link className="text-act-ink underline" href="/wecom/connection">
            {desk("toConnection")}
          </Link>
        </p>
      )}
    </Dialog>
  );
}

function Form({ robots, sessionId, roomId, picture, onClose }: SendProps & { robots: readonly Robot[] }) {
  const words = useTranslations("report.send");
  const push = useTranslations("push.report");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [robotIds, setRobotIds] = useState(() => forReports(robots));
  const fits = picture !== null && picture.size <= ROBOT_IMAGE_BYTES_MAX;
  const [withText, setText] = useState(true);
  const [withPicture, setPicture] = useState(fits);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async () => {
    setBusy(true);
    const parcels: Parcel[] = [
      ...(withPicture && fits ? [{ title: words("pictureTitle"), picture }] : []),
      ...(withText ? [{ title: words("textTitle"), picture: null }] : []),
    ];
    const reply = await sendReport({ sessionId, roomId, robotIds }, parcels);
    setBusy(false);
    if (!reply.ok) return setProblem(explain(reply.failure));
    const action = { label: words("stop"), run: () => window.location.assign(`/shows/${sessionId}/pushes`) };
    notify(
      reply.value === "sent"
        ? { tone: "wait", title: words("sent"), action }
        : { tone: "air", title: words("notResolved"), action },
    );
    return onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title={words("title")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            look="primary"
            busy={busy}
            disabled={robotIds.length === 0 || !(withText || withPicture)}
            onClick={() => void send()}
          >
            {words("send")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {problem ? <Callout tone="air">{problem}</Callout> : null}
        <Field label={push("robots")}>
          <MultiSelect
            placeholder={push("choose")}
            options={robots.map(({ id, label }) => ({ value: id, label }))}
            value={robotIds}
            onChange={setRobotIds}
          />
        </Field>
        <Checkbox checked={withText} onChange={setText} label={words("text")} />
        <Checkbox
          checked={withPicture}
          disabled={!fits}
          onChange={setPicture}
          label={words("picture")}
          hint={picture !== null && !fits ? words("pictureTooLarge") : undefined}
        />
      </div>
    </Dialog>
  );
}
