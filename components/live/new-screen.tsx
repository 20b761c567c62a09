"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Input } from "../ui/input.tsx";
import { QrCode } from "../ui/qr-code.tsx";
import { Callout } from "../ui/states.tsx";
import { notify } from "../ui/toast.tsx";
import { copyText } from "../ui/copy-text.ts";
import { makeLink, type MadeLink } from "./screen-links.ts";

/** Makes a link; its address is shown this once, because the server keeps only its hash. */
export function NewScreen({ sessionId, onMade }: { sessionId: string; onMade: () => void }) {
  const words = useTranslations("screens");
  const explain = useFailure();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<MadeLink | null>(null);
  const make = async () => {
    if (busy) return;
    setBusy(true);
    const reply = await makeLink(sessionId, name.trim() || words("defaultName"));
    setBusy(false);
    if (!reply.ok) return notify({ tone: "air", title: explain(reply.failure) });
    setMade(reply.value);
    setName("");
    onMade();
  };
  return (
    <section className="flex flex-col gap-3 border-b pb-4">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Field label={words("newName")} className="flex-1">
          <Input
            maxLength={40}
            value={name}
            placeholder={words("defaultName")}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Button type="submit" look="primary" busy={busy}>
          {words("make")}
        </Button>
      </form>
      {made ? <MadeScreen made={made} onDone={() => setMade(null)} /> : null}
    </section>
  );
}

const LOOPBACK = /^(localhost|127\.|\[::1\])/;

function MadeScreen({ made, onDone }: { made: MadeLink; onDone: () => void }) {
  const words = useTranslations("screens");
  const address = new URL(made.path, location.origin).href;
  const copy = async () => {
    if (await copyText(address)) notify({ tone: "sure", title: words("copied") });
    else notify({ tone: "wait", title: words("notCopied") });
  };
  return (
    <div className="flex gap-4 rounded-md border border-act-edge bg-[#0f1c30] p-3">
      <QrCode text={address} label={words("qr")} className="size-40 shrink-0 rounded-sm" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="text-sm font-semibold">{words("madeTitle", { number: made.number, name: made.name })}</p>
        <p className="text-xs text-dim">{words("madeText")}</p>
        <code className="rounded-sm bg-sunken px-2 py-1 text-xs break-all select-all">{address}</code>
        {LOOPBACK.test(location.hostname) ? <Callout tone="wait">{words("loopback")}</Callout> : null}
        <div className="mt-auto flex flex-wrap gap-2">
          <Button size="sm" onClick={() => void copy()}>
            <Icon name="copy" size={13} />
            {words("copy")}
          </Button>
          <Button size="sm" onClick={() => void window.open(address, "_blank", "noopener")}>
            <Icon name="external" size={13} />
            {words("openHere")}
          </Button>
          <Button size="sm" look="ghost" className="ml-auto" onClick={onDone}>
            {words("done")}
          </Button>
        </div>
      </div>
    </div>
  );
}
