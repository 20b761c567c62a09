"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { count, yuan } from "../../format/money.ts";
import { request, type Reply } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Drawer } from "../../ui/dialog.tsx";
import { Callout } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { GrowthBars } from "../groups/growth-bars.tsx";
import { useWecomFailure } from "../use-wecom-failure.ts";
import { Code, CodeDetail } from "./code-data.ts";
import { CodePicture } from "./code-picture.tsx";
import { CodeStatus } from "./code-status.tsx";
import { PhonePreview } from "./phone-preview.tsx";

type Props = {
  id: string;
  mayChange: boolean;
  onClose: () => void;
  onChanged: () => void;
  onEdit: (code: Code) => void;
};

/** One code: its picture to save and print, what it brought, what it says. */
export function CodeDrawer({ id, mayChange, onClose, onChanged, onEdit }: Props) {
  const words = useTranslations("wecomDesk.codes");
  const ui = useTranslations("ui");
  const path = `/api/v1/wecom/codes/${id}`;
  const loaded = useLoaded(path, (signal) => request(path, { shape: CodeDetail, signal }));
  const code = loaded.value;
  const reload = () => {
    loaded.reload();
    onChanged();
  };
  const isThere = code !== null && code.deletedAt === null && code.status !== "deleting";
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={onClose}
      title={code?.name ?? words("detail")}
      footer={
        code && mayChange && isThere ? (
          <>
            <RemoveButton code={code} onRemoved={reload} />
            <Button disabled={code.status !== "live"} onClick={() => onEdit(code)}>
              {ui("edit")}
            </Button>
          </>
        ) : null
      }
    >
      <LoadedSection loaded={loaded}>
        {(value) => <Detail code={value} mayChange={mayChange} onChanged={reload} />}
      </LoadedSection>
    </Drawer>
  );
}

type DetailProps = { code: CodeDetail; mayChange: boolean; onChanged: () => void };

function Detail({ code, mayChange, onChanged }: DetailProps) {
  const words = useTranslations("wecomDesk.codes");
  const { figures } = code;
  const shown: readonly (readonly [string, string])[] = [
    [words("joins"), count(figures.joins)],
    [words("leaves"), count(figures.leaves)],
    [words("customers"), count(figures.customers)],
    [words("known"), count(figures.known)],
    [words("orders"), count(figures.orders)],
    [words("net"), yuan(figures.netFen)],
  ];
  return (
    <div className="flex flex-col gap-6">
      <Troubles code={code} mayChange={mayChange} onChanged={onChanged} />
      <div className="grid gap-6 sm:grid-cols-[220px_minmax(0,1fr)]">
        <CodePicture code={code} mayRead={mayChange} onRead={onChanged} />
        <div className="flex min-w-0 flex-col gap-4">
          <div className="flex flex-wrap items-center gap-2">
            <Tag shape={false}>{words(`kind.${code.kind}`)}</Tag>
            <CodeStatus code={code} />
            {code.channel === "" ? null : <Tag shape={false}>{code.channel}</Tag>}
          </div>
          <dl className="grid grid-cols-3 gap-x-4 gap-y-3">
            {shown.map(([label, value]) => (
              <div key={label}>
                <dt className="text-xs text-faint">{label}</dt>
                <dd className="text-base font-semibold tabular-nums">{value}</dd>
              </div>
            ))}
          </dl>
          <p className="text-xs text-faint">{words("figuresHint")}</p>
        </div>
      </div>
      <GrowthBars days={code.days} label={words("joins")} />
      <section aria-label={words("targets")}>
        <h3 className="pb-1 text-sm font-semibold text-dim">{words("targets")}</h3>
        <ul className="flex flex-col">
          {code.targets.map(({ id, name, size }) => (
            <li key={id} className="flex min-h-8 items-center justify-between gap-3 border-b text-sm">
              <span className="truncate">{name ?? id}</span>
              {size === null ? null : (
                <span className="text-dim tabular-nums">{words("peopleIn", { count: size })}</span>
              )}
            </li>
          ))}
        </ul>
        {code.nextGroup === null ? null : (
          <p className="mt-2 text-xs text-dim">
            {words("nextGroupNote", { name: `${code.nextGroup.baseName}${code.nextGroup.firstNumber}` })}
          </p>
        )}
      </section>
      {code.welcome === null ? null : (
        <section aria-label={words("welcome")}>
          <h3 className="pb-2 text-sm font-semibold text-dim">{words("welcome")}</h3>
          <PhonePreview welcome={code.welcome} />
        </section>
      )}
    </div>
  );
}

/** What stands between the wish and WeCom, with the way on. */
function Troubles({ code, mayChange, onChanged }: DetailProps) {
  const words = useTranslations("wecomDesk.codes");
  const trouble = useWecomFailure();
  const explain = useFailure();
  const [asking, setAsking] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const retry = async (mayExist: boolean) => {
    setBusy(true);
    const reply = await request(`/api/v1/wecom/codes/${code.id}/retry`, {
      method: "POST",
      body: { mayExist },
      shape: Code,
    });
    setBusy(false);
    return settle(reply);
  };
  const settle = (reply: Reply<Code>) => {
    if (reply.ok) {
      onChanged();
      return true;
    }
    if (reply.failure.code === "code.mayExist") setAsking(explain(reply.failure));
    else notify({ tone: "air", title: explain(reply.failure) });
    return false;
  };
  const isStuck = code.status === "refused" || code.status === "unknown" || (code.status === "live" && code.pending);
  if (!isStuck && code.failure === null) return null;
  return (
    <>
      <Callout
        tone={code.status === "refused" ? "air" : "wait"}
        actions={
          isStuck && mayChange ? (
            <Button size="sm" busy={busy} onClick={() => void retry(false)}>
              {words("tryAgain")}
            </Button>
          ) : null
        }
      >
        {words(code.pending ? "pendingLong" : `statusLong.${code.status}`)}{" "}
        {code.failure ? trouble(code.failure) : null}
      </Callout>
      <ConfirmDialog
        open={asking !== null}
        danger={false}
        onOpenChange={() => setAsking(null)}
        title={words("mayExistTitle")}
        confirmLabel={words("makeAnother")}
        onConfirm={() => retry(true)}
      >
        {asking}
      </ConfirmDialog>
    </>
  );
}

function RemoveButton({ code, onRemoved }: { code: Code; onRemoved: () => void }) {
  const words = useTranslations("wecomDesk.codes");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [open, setOpen] = useState(false);
  const remove = async () => {
    const reply = await request(`/api/v1/wecom/codes/${code.id}`, { method: "DELETE", shape: Code });
    if (reply.ok) onRemoved();
    else notify({ tone: "air", title: explain(reply.failure) });
    return reply.ok;
  };
  return (
    <>
      <Button look="ghost" className="mr-auto" onClick={() => setOpen(true)}>
        {words("remove")}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={words("removeTitle", { name: code.name })}
        confirmLabel={ui("remove")}
        onConfirm={remove}
      >
        {words("removeText")}
      </ConfirmDialog>
    </>
  );
}
