"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Failure } from "../http/request.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Callout } from "../ui/states.tsx";

const EXPORTS = ["orders", "claims", "winners", "wrong-price"] as const;
type ExportName = (typeof EXPORTS)[number];

const RETRIES = 5;

/** The lists that leave Kaibo as CSV. */
export function ExportsSection({
  sessionId,
  title,
  withClaims,
}: {
  sessionId: string;
  title: string;
  withClaims: boolean;
}) {
  const words = useTranslations("import.exports");
  const explain = useFailure();
  const [busy, setBusy] = useState<ExportName | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const take = async (name: ExportName) => {
    setBusy(name);
    setFailure(
      await download(`/api/v1/sessions/${sessionId}/exports/${name}.csv`, `${title}-${words(`file.${name}`)}.csv`),
    );
    setBusy(null);
  };
  return (
    <section aria-labelledby="exports" className="flex flex-col gap-3">
      <h2 id="exports" className="text-sm font-semibold text-dim">
        {words("title")}
      </h2>
      {failure ? <Callout tone="air">{explain(failure)}</Callout> : null}
      <ul className="grid grid-cols-2 gap-x-6">
        {EXPORTS.filter((name) => name !== "claims" || withClaims).map((name) => (
          <li key={name} className="flex items-center gap-3 border-b py-2">
            <div className="min-w-0 flex-1">
              <p className="text-sm">{words(`file.${name}`)}</p>
              <p className="text-xs text-faint">{words(`hint.${name}`)}</p>
            </div>
            <Button
              size="sm"
              busy={busy === name}
              disabled={busy !== null && busy !== name}
              onClick={() => void take(name)}
              aria-label={words("downloadOf", { name: words(`file.${name}`) })}
            >
              <Icon name="download" size={14} />
              CSV
            </Button>
          </li>
        ))}
      </ul>
      <p className="text-xs text-faint">{words("hint.all")}</p>
    </section>
  );
}

const FILE_KEPT_MS = 60_000;

/** By fetch and not by a link: a list that is not ready yet is asked for again, and a refusal gets words. */
async function download(path: string, fileName: string): Promise<Failure | null> {
  for (let attempt = 0; attempt < RETRIES; attempt += 1) {
    const answer = await fetch(path, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    if (!answer) return { kind: "offline", code: "http.offline" };
    if (answer.ok) {
      save(await answer.blob(), fileName);
      return null;
    }
    if (answer.status === 403) return { kind: "denied", code: "access.denied" };
    if (answer.status !== 503) return { kind: "broken", code: "http.broken" };
    await new Promise((resolve) => setTimeout(resolve, (Number(answer.headers.get("retry-after")) || 1) * 1000));
  }
  return { kind: "retry", code: "http.retry" };
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|]/g, "_");
  document.body.append(link);
  link.click();
  link.remove();
  // On a busy machine the browser asks for the file a moment after the click.
  setTimeout(() => URL.revokeObjectURL(url), FILE_KEPT_MS);
}
