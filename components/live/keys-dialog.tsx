"use client";
import { useTranslations } from "next-intl";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { KEY_SECTIONS } from "./key-board.ts";
import { useBindings } from "./command-palette.tsx";

/** Every key that is bound now, as it is bound: nothing listed that does nothing. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const words = useTranslations("keys");
  const bindings = useBindings();
  return (
    <Dialog open onOpenChange={onClose} title={words("title")} description={words("hint")} width="lg">
      <div className="columns-2 gap-x-10 max-[640px]:columns-1 [&>section]:mb-5 [&>section]:break-inside-avoid">
        {KEY_SECTIONS.map((section) => (
          <section key={section}>
            <h3 className="mb-1 text-sm font-semibold text-dim">{words(`section.${section}`)}</h3>
            <ul>
              {bindings
                .filter((binding) => binding.section === section)
                .map(({ code, key, label }) => (
                  <li key={code} className="flex items-center justify-between border-b py-1 text-sm">
                    {label}
                    <Kbd>{key}</Kbd>
                  </li>
                ))}
            </ul>
          </section>
        ))}
        <section className="text-xs text-faint">{words("numberFirst")}</section>
      </div>
    </Dialog>
  );
}
