"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { notify } from "../../ui/toast.tsx";
import { useReview } from "../review-context.tsx";
import { loadHistory, type LoadedHistory } from "./load-history.ts";
import { useWorkbook } from "./use-workbook.ts";

/** The whole review as a workbook, or on paper. */
export function ExportMenu() {
  const words = useTranslations("whole.export");
  const { sessionId, shared } = useReview();
  const [history, setHistory] = useState<LoadedHistory | null>(null);
  const [busy, setBusy] = useState(false);
  const explain = useFailure();
  const write = async () => {
    setBusy(true);
    const reply = await loadHistory(sessionId, new AbortController().signal);
    if (reply.ok) setHistory(reply.value);
    else {
      setBusy(false);
      notify({ tone: "air", title: words("failed"), text: explain(reply.failure) });
    }
  };
  return (
    <>
      <Menu
        items={[
          { label: words("xlsx"), onSelect: () => void write(), disabled: busy },
          // The page that is printed wants a sign-in.
          ...(shared
            ? []
            : [{ label: words("print"), onSelect: () => void window.open(`/shows/${sessionId}/print`, "_blank") }]),
        ]}
      >
        <Button size="sm" busy={busy}>
          <Icon name="download" size={13} />
          {words("button")}
        </Button>
      </Menu>
      {history ? (
        <WriteWorkbook
          history={history}
          onDone={() => {
            setHistory(null);
            setBusy(false);
          }}
        />
      ) : null}
    </>
  );
}

/** Stands only while a file is written: its tables are made of the history that was just loaded. */
function WriteWorkbook({ history, onDone }: { history: LoadedHistory; onDone: () => void }) {
  useWorkbook(history, onDone);
  return null;
}
