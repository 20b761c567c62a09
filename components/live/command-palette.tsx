"use client";
import { Command } from "cmdk";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Dialog as Parts } from "radix-ui";
import { useSyncExternalStore } from "react";
import { useSession } from "../session/session-provider.tsx";
import { useViewerPage } from "../shows/viewer-page-menu.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { usePortal } from "../ui/portal-root.ts";
import { useDesk, useDeskKey } from "./desk.tsx";
import type { Binding } from "./key-board.ts";
import { useProductActs } from "./product-acts.ts";
import { useStoreValue } from "./store.ts";

export function useBindings(): readonly Binding[] {
  const { keys } = useDesk();
  return useSyncExternalStore(keys.subscribe, keys.list, keys.list);
}

/** Everything that a key does, and every product, found by typing. `places`: for who may open other pages of the show. */
export function CommandPalette({ places = true }: { places?: boolean }) {
  const words = useTranslations("keys");
  const { dialog } = useDesk();
  const isOpen = useStoreValue(dialog, (open) => open?.kind === "palette");
  const toggle = () => dialog.write(isOpen ? null : { kind: "palette" });
  useDeskKey({
    code: "Ctrl+KeyK",
    key: "Ctrl K",
    label: words("palette"),
    section: "show",
    scope: "always",
    quiet: true,
    run: toggle,
  });
  const portal = usePortal();
  if (!isOpen) return null;
  return (
    <Parts.Root open onOpenChange={() => dialog.write(null)}>
      <Parts.Portal {...portal}>
        <Parts.Overlay className="fixed inset-0 z-40 bg-black/50" />
        <Parts.Content
          aria-describedby={undefined}
          className="float-in fixed top-[12vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-24px)] -translate-x-1/2 overflow-hidden rounded-lg bg-raised shadow-float outline-none"
        >
          <Parts.Title className="sr-only">{words("palette")}</Parts.Title>
          <PaletteList onClose={() => dialog.write(null)} places={places} />
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}

function PaletteList({ onClose, places }: { onClose: () => void; places: boolean }) {
  const words = useTranslations("keys");
  const bindings = useBindings();
  return (
    <Command label={words("palette")} loop>
      <Command.Input
        autoFocus
        placeholder={words("paletteHint")}
        className="h-11 w-full border-b bg-transparent px-4 text-base outline-none"
      />
      <Command.List className="max-h-[52vh] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-sm text-faint">{words("nothingFound")}</Command.Empty>
        <Command.Group heading={words("acts")} className={group}>
          {bindings
            .filter(({ quiet }) => !quiet)
            .map((binding) => (
              <Item
                key={binding.code}
                label={binding.label}
                hint={binding.key}
                onSelect={() => {
                  onClose();
                  binding.run(null);
                }}
              />
            ))}
        </Command.Group>
        <ProductItems onClose={onClose} />
        {places ? <Places onClose={onClose} /> : null}
      </Command.List>
    </Command>
  );
}

function Places({ onClose }: { onClose: () => void }) {
  const words = useTranslations("keys");
  const viewers = useTranslations("viewerPage");
  const report = useTranslations("report");
  const sessionId = useSession((show) => show.session.sessionId);
  const router = useRouter();
  const viewerPage = useViewerPage(sessionId);
  const places = [
    { label: words("toPlan"), href: `/shows/${sessionId}/plan` },
    { label: words("toReview"), href: `/shows/${sessionId}/review` },
    { label: report("title"), href: `/shows/${sessionId}/report` },
    { label: words("toShows"), href: "/shows" },
  ];
  return (
    <Command.Group heading={words("places")} className={group}>
      {places.map(({ label, href }) => (
        <Item key={href} label={label} onSelect={() => router.push(href)} />
      ))}
      <Item
        label={viewers("open")}
        onSelect={() => {
          onClose();
          viewerPage.open();
        }}
      />
      <Item
        label={viewers("copy")}
        onSelect={() => {
          onClose();
          void viewerPage.copy();
        }}
      />
    </Command.Group>
  );
}

const group =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint";

function ProductItems({ onClose }: { onClose: () => void }) {
  const words = useTranslations("keys");
  const shelf = useTranslations("shelf");
  const { readOnly } = useDesk();
  const acts = useProductActs();
  const products = useSession((show) => show.products);
  if (readOnly) return null;
  return (
    <Command.Group heading={words("explainProduct")} className={group}>
      {[...products.values()]
        .toSorted((a, b) => a.linkNo - b.linkNo)
        .map((row) => (
          <Item
            key={row.productId}
            label={shelf("linkAndName", { linkNo: row.linkNo, name: row.name })}
            hint={`${row.linkNo} P`}
            onSelect={() => {
              onClose();
              acts.explain(row);
            }}
          />
        ))}
    </Command.Group>
  );
}

function Item({ label, hint, onSelect }: { label: string; hint?: string; onSelect: () => void }) {
  return (
    <Command.Item
      value={label}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center justify-between gap-4 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover"
    >
      <span className="truncate">{label}</span>
      {hint ? <Kbd className="shrink-0">{hint}</Kbd> : null}
    </Command.Item>
  );
}
