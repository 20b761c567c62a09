"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { useMe } from "../../shell/me-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Checkbox } from "../../ui/switch.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { type OfCorp, WithCorp } from "../with-corp.tsx";
import { wecomRightsOf } from "../wecom-rights.ts";
import { type Code, type CodeKind, Codes } from "./code-data.ts";
import { CodeDrawer } from "./code-drawer.tsx";
import { CodeEditor } from "./code-editor.tsx";
import { CodeTable } from "./code-table.tsx";

export function CodesPage() {
  return <WithCorp>{(of) => <CodesOf key={of.corp.id} {...of} />}</WithCorp>;
}

type Editing = { readonly code: Code | null; readonly kind: CodeKind };

function CodesOf({ corp, picker }: OfCorp) {
  const words = useTranslations("wecomDesk.codes");
  const { write } = wecomRightsOf(useMe());
  const [kind, setKind] = useState<CodeKind | "all">("all");
  const [deleted, setDeleted] = useState(false);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const path = `/api/v1/wecom/codes?corp=${corp.id}&deleted=${deleted}${kind === "all" ? "" : `&kind=${kind}`}`;
  const loaded = useLoaded(path, (signal) => request(path, { shape: Codes, signal }));
  const make = (wanted: CodeKind) => setEditing({ code: null, kind: wanted });
  const buttons = write ? (
    <>
      <Button look="primary" onClick={() => make("group")}>
        <Icon name="plus" size={14} />
        {words("newGroup")}
      </Button>
      <Button onClick={() => make("contact")}>
        <Icon name="plus" size={14} />
        {words("newContact")}
      </Button>
    </>
  ) : null;
  return (
    <div className="flex flex-col gap-3 px-6 pt-3 pb-20 max-sm:px-3">
      <div className="flex flex-wrap items-center gap-2">
        {picker}
        <Segmented
          label={words("kindLabel")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "all", label: words("kind.all") },
            { value: "group", label: words("kind.group") },
            { value: "contact", label: words("kind.contact") },
          ]}
        />
        <Checkbox className="ml-1" label={words("deleted")} checked={deleted} onChange={setDeleted} />
        <div className="ml-auto flex flex-wrap gap-2">
          {picked.length === 0 ? null : (
            <Button asChild>
              <Link href={`/wecom/codes/print?ids=${picked.join(",")}`}>
                {words("printPicked", { count: picked.length })}
              </Link>
            </Button>
          )}
          {buttons}
        </div>
      </div>
      <LoadedSection loaded={loaded}>
        {({ codes }) =>
          codes.length === 0 ? (
            <EmptyState
              icon="copy"
              title={words(deleted ? "emptyDeleted" : "emptyTitle")}
              text={deleted ? undefined : words("emptyText")}
              actions={deleted ? null : buttons}
            />
          ) : (
            <CodeTable codes={codes} picked={picked} onPick={setPicked} onOpen={setOpenId} />
          )
        }
      </LoadedSection>
      {openId === null ? null : (
        <CodeDrawer
          key={openId}
          id={openId}
          mayChange={write}
          onClose={() => setOpenId(null)}
          onChanged={loaded.reload}
          onEdit={(code) => {
            setOpenId(null);
            setEditing({ code, kind: code.kind });
          }}
        />
      )}
      {editing ? (
        <CodeEditor
          corpId={corp.id}
          code={editing.code}
          kind={editing.kind}
          onClose={() => setEditing(null)}
          onSaved={(code) => {
            setEditing(null);
            setOpenId(code.id);
            loaded.reload();
          }}
        />
      ) : null}
    </div>
  );
}
