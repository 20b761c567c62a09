"use client";
import { useTranslations } from "next-intl";
import { PUSH_KINDS, type PushKind } from "#domain/push/shapes.ts";
import { cn } from "../../ui/cn.ts";

/** What goes out and by whom; a push that is planned keeps its kind. */
export function KindField({
  kind,
  fixed,
  onChange,
}: {
  kind: PushKind;
  fixed: boolean;
  onChange: (kind: PushKind) => void;
}) {
  const words = useTranslations("push");
  return (
    <div className="flex flex-col gap-1.5">
      <div role="group" aria-label={words("kindLabel")} className="grid grid-cols-2 gap-1.5 sm:grid-cols-4">
        {PUSH_KINDS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === kind}
            disabled={fixed && one !== kind}
            onClick={() => onChange(one)}
            className={cn(
              "h-8 truncate rounded-md border px-2 text-sm disabled:opacity-45",
              one === kind ? "border-act-edge bg-picked text-ink" : "border-edge bg-raised text-dim hover:text-ink",
            )}
          >
            {words(`kind.${one}`)}
          </button>
        ))}
      </div>
      <p className="text-xs text-dim">{words(`kindHelp.${kind}`)}</p>
    </div>
  );
}
