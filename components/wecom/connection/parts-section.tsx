"use client";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { AnyAnswer, request } from "../../http/request.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { notify } from "../../ui/toast.tsx";

type Part = { readonly id: string; readonly name: string };

type Props<P extends Part> = {
  /** Whose they are. */
  corpName: string;
  parts: readonly P[];
  /** Namespace of the words: both say the same of different things. */
  of: "app" | "robot";
  icon: IconName;
  /** `Th`s; the last column, of what can be done, comes by itself. */
  head: ReactNode;
  /** `Td`s of one of them. */
  cells: (part: P) => ReactNode;
  /** Beside change and remove. */
  act?: (part: P) => ReactNode;
  /** For one of them, or for a new one. */
  dialog: (open: { readonly part: P | null; onClose: () => void; onSaved: () => void }) => ReactNode;
  onChanged: () => void;
};

/** Apps or robots of a company: add, change, remove. */
export function PartsSection<P extends Part>(props: Props<P>) {
  const { corpName, parts, of, icon, head, cells, act, dialog, onChanged } = props;
  const words = useTranslations(`wecomDesk.${of}`);
  const ui = useTranslations("ui");
  const explain = useFailure();
  const [opened, setOpened] = useState<{ part: P | null } | null>(null);
  const [removing, setRemoving] = useState<P | null>(null);
  const remove = async ({ id }: P) => {
    const reply = await request(`/api/v1/wecom/${of}s/${id}`, { method: "DELETE", shape: AnyAnswer });
    if (reply.ok) onChanged();
    else notify({ tone: "air", title: explain(reply.failure) });
    return reply.ok;
  };
  const add = (
    <Button size="sm" onClick={() => setOpened({ part: null })}>
      <Icon name="plus" size={13} />
      {words("add")}
    </Button>
  );
  const onSaved = () => {
    setOpened(null);
    onChanged();
  };
  return (
    <div>
      <div className="flex items-center justify-between pb-1">
        <h3 className="text-sm font-semibold text-dim">{words("heading")}</h3>
        {parts.length === 0 ? null : add}
      </div>
      {parts.length === 0 ? (
        <EmptyState compact icon={icon} title={words("emptyTitle")} text={words("emptyText")} actions={add} />
      ) : (
        <WideTable label={`${corpName} ${words("heading")}`}>
          <Head>
            {head}
            <Th className={act ? "w-44" : "w-28"} aria-label={ui("more")} />
          </Head>
          <tbody>
            {parts.map((part) => (
              <Tr key={part.id}>
                {cells(part)}
                <Td className="px-1 text-right whitespace-nowrap">
                  {act?.(part)}
                  <RowButton label={ui("edit")} name={part.name} onClick={() => setOpened({ part })} />
                  <RowButton label={ui("remove")} name={part.name} onClick={() => setRemoving(part)} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </WideTable>
      )}
      {opened ? dialog({ part: opened.part, onClose: () => setOpened(null), onSaved }) : null}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={words("removeTitle", { name: removing?.name ?? "" })}
        confirmLabel={ui("remove")}
        onConfirm={() => (removing ? remove(removing) : true)}
      >
        {words("removeText")}
      </ConfirmDialog>
    </div>
  );
}

function RowButton({ label, name, onClick }: { label: string; name: string; onClick: () => void }) {
  return (
    <Button size="sm" look="ghost" aria-label={`${label} ${name}`} onClick={onClick}>
      {label}
    </Button>
  );
}
