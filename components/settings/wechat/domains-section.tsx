"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { dayTime } from "../../format/time.ts";
import { AnyAnswer, request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { useMe } from "../../shell/me-provider.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Callout } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { LoadedSection } from "../loaded-section.tsx";
import { LinkDomains, type LinkDomain } from "./wechat-data.ts";

const tones = { unchecked: "plain", ok: "sure", failing: "air", blocked: "air" } as const;

/** Domains that links may use: which one they use now, and what is wrong with the others. */
export function DomainsSection() {
  const words = useTranslations("wechatDesk.domains");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { owner } = useMe();
  const loaded = useLoaded("link domains", (signal) => request("/api/v1/link-domains", { shape: LinkDomains, signal }));
  const [removing, setRemoving] = useState<LinkDomain | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const act = async (what: string, url: string, options: { method: "POST" | "PATCH" | "DELETE"; body?: object }) => {
    setBusy(what);
    setProblem(null);
    const reply = await request(url, { ...options, shape: AnyAnswer });
    setBusy(null);
    if (reply.ok) loaded.reload();
    else setProblem(explain(reply.failure));
    return reply.ok;
  };
  const at = (row: LinkDomain) => `/api/v1/link-domains/${row.id}`;
  return (
    <section aria-label={words("heading")} className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold text-dim">{words("heading")}</h2>
      <p className="max-w-[720px] text-xs text-faint">
        {words("hint")} {words("wechatHint")} {owner ? "" : words("ownerOnly")}
      </p>
      {problem ? <Callout tone="air">{problem}</Callout> : null}
      <LoadedSection loaded={loaded}>
        {({ domains, using }) => (
          <WideTable label={words("heading")}>
            <Head>
              <Th>{words("origin")}</Th>
              <Th className="w-64">{words("state")}</Th>
              <Th className="w-32">{words("checked")}</Th>
              <Th className="w-72" aria-label={ui("more")} />
            </Head>
            <tbody>
              {domains.map((row) => (
                <DomainRow
                  key={row.id}
                  row={row}
                  used={row.id === using}
                  busy={busy}
                  onCheck={() => void act(`check ${row.id}`, `${at(row)}/check`, { method: "POST" })}
                  onBlock={() =>
                    void act(`block ${row.id}`, at(row), {
                      method: "PATCH",
                      body: { blocked: row.state !== "blocked" },
                    })
                  }
                  onUp={
                    row === domains[0]
                      ? null
                      : () =>
                          void act(`up ${row.id}`, at(row), {
                            method: "PATCH",
                            body: { position: Math.max(0, domains.indexOf(row) - 1) },
                          })
                  }
                  onRemove={owner && !row.main ? () => setRemoving(row) : null}
                />
              ))}
            </tbody>
          </WideTable>
        )}
      </LoadedSection>
      {owner ? (
        <NewDomain
          busy={busy === "add"}
          onAdd={(origin) => act("add", "/api/v1/link-domains", { method: "POST", body: { origin } })}
        />
      ) : null}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={words("removeTitle", { origin: removing?.origin ?? "" })}
        confirmLabel={ui("remove")}
        onConfirm={() => (removing ? act("remove", at(removing), { method: "DELETE" }) : true)}
      >
        {words("removeText")}
      </ConfirmDialog>
    </section>
  );
}

type RowProps = {
  row: LinkDomain;
  used: boolean;
  /** Which button was pressed. */
  busy: string | null;
  onCheck: () => void;
  onBlock: () => void;
  onUp: (() => void) | null;
  onRemove: (() => void) | null;
};

function DomainRow({ row, used, busy, onCheck, onBlock, onUp, onRemove }: RowProps) {
  const words = useTranslations("wechatDesk.domains");
  const ui = useTranslations("ui");
  const { id, origin, main, state, checkedAt, failingSince, failure } = row;
  return (
    <Tr>
      <Td className="max-w-72">
        <span className="flex items-center gap-2">
          <span className="truncate font-mono text-xs" title={origin}>
            {origin}
          </span>
          {main ? <Tag shape={false}>{words("main")}</Tag> : null}
          {used ? <Tag tone="act">{words("using")}</Tag> : null}
        </span>
      </Td>
      <Td>
        <span className="flex flex-wrap items-center gap-2">
          <Tag tone={tones[state]}>{words(`is.${state}`)}</Tag>
          {failure === null ? null : <span className="text-xs text-dim">{words(`failure.${failure}`)}</span>}
          {failingSince === null ? null : (
            <span className="text-xs text-faint">{words("since", { time: dayTime(failingSince) })}</span>
          )}
        </span>
      </Td>
      <Td className="text-dim">{checkedAt === null ? words("never") : dayTime(checkedAt)}</Td>
      <Td className="px-1 text-right whitespace-nowrap">
        <Button
          size="sm"
          look="ghost"
          busy={busy === `check ${id}`}
          aria-label={`${words("check")} ${origin}`}
          onClick={onCheck}
        >
          {words("check")}
        </Button>
        <Button
          size="sm"
          look="ghost"
          aria-label={`${words(state === "blocked" ? "unblock" : "block")} ${origin}`}
          onClick={onBlock}
        >
          {words(state === "blocked" ? "unblock" : "block")}
        </Button>
        {onUp ? (
          <Button size="sm" look="ghost" aria-label={`${words("up")} ${origin}`} onClick={onUp}>
            {words("up")}
          </Button>
        ) : null}
        {onRemove ? (
          <Button size="sm" look="ghost" aria-label={`${ui("remove")} ${origin}`} onClick={onRemove}>
            {ui("remove")}
          </Button>
        ) : null}
      </Td>
    </Tr>
  );
}

function NewDomain({ busy, onAdd }: { busy: boolean; onAdd: (origin: string) => Promise<boolean> }) {
  const words = useTranslations("wechatDesk.domains");
  const [origin, setOrigin] = useState("");
  return (
    <form
      className="flex max-w-[560px] items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void onAdd(origin.trim()).then((added) => {
          if (added) setOrigin("");
        });
      }}
    >
      <Field label={words("addLabel")} hint={words("addHint")}>
        <Input value={origin} onChange={(event) => setOrigin(event.target.value)} placeholder="go.example.com" />
      </Field>
      <Button className="mt-6 shrink-0" type="submit" busy={busy} disabled={origin.trim() === ""}>
        {words("add")}
      </Button>
    </form>
  );
}
