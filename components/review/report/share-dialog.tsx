"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { dayTime } from "../../format/time.ts";
import { AnyAnswer, request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { Callout } from "../../ui/states.tsx";
import { notify } from "../../ui/toast.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { NewShareLink, SHARE_DAYS, ShareLinks, type ShareLink } from "./share-links.ts";

export function ShareDialog({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const words = useTranslations("share");
  const path = `/api/v1/sessions/${sessionId}/shares`;
  const links = useLoaded(path, (signal) => request(path, { shape: ShareLinks, signal }));
  return (
    <Dialog open onOpenChange={onClose} title={words("title")} description={words("hint")}>
      <div className="flex flex-col gap-5">
        <MakeLink path={path} onMade={links.reload} />
        <section>
          <h3 className="border-b pb-1.5 text-sm font-semibold">{words("list")}</h3>
          <LoadedSection loaded={links}>
            {({ shares }) => <LinkList path={path} links={shares} reload={links.reload} />}
          </LoadedSection>
        </section>
      </div>
    </Dialog>
  );
}

function MakeLink({ path, onMade }: { path: string; onMade: () => void }) {
  const words = useTranslations("share");
  const explain = useFailure();
  const [what, setWhat] = useState<ShareLink["what"]>("report");
  const [days, setDays] = useState<`${(typeof SHARE_DAYS)[number]}`>("7");
  const [made, setMade] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    const reply = await request(path, { method: "POST", body: { what, days: Number(days) }, shape: NewShareLink });
    setBusy(false);
    setProblem(reply.ok ? null : explain(reply.failure));
    if (!reply.ok) return;
    setMade(window.location.origin + reply.value.path);
    onMade();
  };
  if (made !== null) return <MadeLink link={made} onAnother={() => setMade(null)} />;
  return (
    <div className="flex flex-col gap-4">
      {problem ? <Callout tone="air">{problem}</Callout> : null}
      <Field label={words("what")} hint={words(what === "report" ? "whatReportHint" : "whatReviewHint")}>
        <Select
          value={what}
          onChange={setWhat}
          options={[
            { value: "report", label: words("whatReport") },
            { value: "review", label: words("whatReview") },
          ]}
        />
      </Field>
      <div className="flex items-end gap-3">
        <Field label={words("days")} className="w-40">
          <Select
            value={days}
            onChange={setDays}
            options={SHARE_DAYS.map((count) => ({ value: `${count}` as const, label: words("day", { count }) }))}
          />
        </Field>
        <Button look="primary" busy={busy} onClick={() => void make()}>
          {words("make")}
        </Button>
      </div>
    </div>
  );
}

function MadeLink({ link, onAnother }: { link: string; onAnother: () => void }) {
  const words = useTranslations("share");
  const ui = useTranslations("ui");
  const [copied, setCopied] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <Callout tone="wait">{words("made")}</Callout>
      <Field label={words("link")}>
        <div className="flex gap-2">
          <Input readOnly className="font-mono" value={link} onFocus={(event) => event.target.select()} />
          <Button look="primary" onClick={() => void copyText(link).then(setCopied)}>
            <Icon name={copied ? "check" : "copy"} size={13} />
            {ui(copied ? "copied" : "copy")}
          </Button>
        </div>
      </Field>
      <div>
        <Button size="sm" look="ghost" onClick={onAnother}>
          {words("anotherOne")}
        </Button>
      </div>
    </div>
  );
}

function LinkList({ path, links, reload }: { path: string; links: readonly ShareLink[]; reload: () => void }) {
  const words = useTranslations("share");
  const explain = useFailure();
  const revoke = async (link: ShareLink) => {
    const reply = await request(`${path}/${link.id}`, { method: "DELETE", shape: AnyAnswer });
    notify(reply.ok ? { tone: "sure", title: words("revoked") } : { tone: "air", title: explain(reply.failure) });
    reload();
  };
  if (links.length === 0) return <p className="py-2.5 text-sm text-faint">{words("empty")}</p>;
  return (
    <ul className="divide-y divide-line">
      {links.map((link) => (
        <li key={link.id} className="flex items-center gap-3 py-2">
          <p className="min-w-0 flex-1 text-sm">
            {words("row", {
              what: words(link.what === "report" ? "whatReport" : "whatReview"),
              who: link.createdByName ?? words("someone"),
              at: dayTime(link.createdAt),
            })}
            <span className="block text-xs text-faint">
              {words("until", { at: dayTime(link.expiresAt) })} ·{" "}
              {link.lastUsedAt === null ? words("neverUsed") : words("used", { at: dayTime(link.lastUsedAt) })}
            </span>
          </p>
          <Button size="sm" look="ghost" onClick={() => void revoke(link)}>
            {words("revoke")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
