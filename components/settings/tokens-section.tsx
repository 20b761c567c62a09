"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AnyAnswer, request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { dayTime } from "../format/time.ts";
import { useMe } from "../shell/me-provider.tsx";
import { useList } from "../ui/use-list.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Input } from "../ui/input.tsx";
import { MultiSelect } from "../ui/multi-select.tsx";
import { Callout, EmptyState } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { notify } from "../ui/toast.tsx";
import { copyText } from "../ui/copy-text.ts";
import { LoadedSection } from "./loaded-section.tsx";
import { NewToken, Tokens, type Token } from "./settings-data.ts";

/** Keys of programs that send orders and figures in, or read. */
export function TokensSection() {
  const words = useTranslations("settings.tokens");
  const list = useList();
  const explain = useFailure();
  const { rooms } = useMe();
  const tokens = useLoaded("tokens", (signal) => request("/api/v1/tokens", { shape: Tokens, signal }));
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const roomsOf = (token: Token) =>
    token.roomIds === null
      ? words("allRooms")
      : list(rooms.filter(({ id }) => token.roomIds?.includes(id)).map(({ name }) => name));
  const revoke = async (token: Token) => {
    const reply = await request(`/api/v1/tokens/${token.id}`, { method: "DELETE", shape: AnyAnswer });
    if (reply.ok) tokens.reload();
    else notify({ tone: "air", title: explain(reply.failure) });
    return reply.ok;
  };
  return (
    <LoadedSection loaded={tokens}>
      {(value) => (
        <>
          <div className="flex items-center justify-between pb-3">
            <p className="text-xs text-faint">
              {words("hint")}{" "}
              <a className="underline" href="/api/v1/docs" target="_blank" rel="noreferrer">
                {words("docs")}
              </a>
            </p>
            <Button look="primary" onClick={() => setMaking(true)}>
              <Icon name="plus" size={14} />
              {words("add")}
            </Button>
          </div>
          {value.tokens.length === 0 ? (
            <EmptyState icon="lock" title={words("emptyTitle")} text={words("emptyText")} />
          ) : (
            <Table label={words("heading")}>
              <Head>
                <Th>{words("name")}</Th>
                <Th>{words("rooms")}</Th>
                <Th className="w-36">{words("createdAt")}</Th>
                <Th className="w-24" aria-label={words("revoke")} />
              </Head>
              <tbody>
                {value.tokens.map((token) => (
                  <Tr key={token.id}>
                    <Td className="font-medium">{token.name}</Td>
                    <Td className="text-dim">{roomsOf(token)}</Td>
                    <Td className="text-dim">{dayTime(token.createdAt)}</Td>
                    <Td className="text-right">
                      <Button size="sm" look="ghost" onClick={() => setRevoking(token)}>
                        {words("revoke")}
                      </Button>
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
          {making ? (
            <TokenDialog
              onClose={() => {
                setMaking(false);
                tokens.reload();
              }}
            />
          ) : null}
          <ConfirmDialog
            open={revoking !== null}
            onOpenChange={() => setRevoking(null)}
            title={words("revokeTitle", { name: revoking?.name ?? "" })}
            confirmLabel={words("revoke")}
            onConfirm={() => (revoking ? revoke(revoking) : true)}
          >
            {words("revokeText")}
          </ConfirmDialog>
        </>
      )}
    </LoadedSection>
  );
}

/** Asks for a name and rooms, then shows the secrets, this once. */
function TokenDialog({ onClose }: { onClose: () => void }) {
  const words = useTranslations("settings.tokens");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { rooms } = useMe();
  const [name, setName] = useState("");
  const [roomIds, setRoomIds] = useState<string[]>([]);
  const [made, setMade] = useState<NewToken | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    const reply = await request("/api/v1/tokens", {
      method: "POST",
      body: { name: name.trim(), roomIds: roomIds.length === 0 ? null : roomIds },
      shape: NewToken,
    });
    setBusy(false);
    if (reply.ok) setMade(reply.value);
    else setProblem(explain(reply.failure));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={made ? words("madeTitle", { name: made.name }) : words("add")}
      footer={
        made ? (
          <Button look="primary" onClick={onClose}>
            {words("kept")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{ui("cancel")}</Button>
            <Button look="primary" busy={busy} disabled={name.trim() === ""} onClick={() => void submit()}>
              {words("add")}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {problem ? <Callout tone="air">{problem}</Callout> : null}
        {made ? (
          <>
            <Callout tone="wait">{words("once")}</Callout>
            <Secret label={words("token")} value={made.token} />
            <Secret label={words("signingSecret")} value={made.signingSecret} />
          </>
        ) : (
          <>
            <Field label={words("name")} hint={words("nameHint")} required>
              <Input autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
            </Field>
            <Field label={words("rooms")}>
              <MultiSelect
                placeholder={words("allRooms")}
                value={roomIds}
                onChange={setRoomIds}
                options={rooms.map(({ id, name: label }) => ({ value: id, label }))}
              />
            </Field>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Secret({ label, value }: { label: string; value: string }) {
  const ui = useTranslations("ui");
  const [copied, setCopied] = useState(false);
  return (
    <Field label={label}>
      <div className="flex gap-2">
        <Input readOnly className="font-mono" value={value} onFocus={(event) => event.target.select()} />
        <Button onClick={() => void copyText(value).then(setCopied)}>
          <Icon name={copied ? "check" : "copy"} size={13} />
          {ui(copied ? "copied" : "copy")}
        </Button>
      </div>
    </Field>
  );
}
