"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useSession } from "../session/session-provider.tsx";
import { CueEditor } from "../plan/cue-editor.tsx";
import { Drawer } from "../ui/dialog.tsx";
import { DelistDialog } from "./delist-dialog.tsx";
import { useDesk, useDeskKey, useOpenDialog, type DeskDialog } from "./desk.tsx";
import { InsertDialog } from "./insert-dialog.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { MarkerDialog } from "./marker-dialog.tsx";
import { PriceDialog } from "./price-dialog.tsx";
import { ShowDrawer } from "./show-drawer.tsx";
import { StockDialog } from "./stock-dialog.tsx";
import { WrongPriceDialog } from "./wrong-price-dialog.tsx";

/** Opened once or twice a show; what it draws stays out of the page until then. */
const ScreensDrawer = dynamic(() => import("./screens-drawer.tsx").then((module) => module.ScreensDrawer), {
  ssr: false,
});

const HeldDialog = dynamic(() => import("./pushes/held-dialog.tsx").then((module) => module.HeldDialog), {
  ssr: false,
});

const WinnersDialog = dynamic(() => import("./winners-dialog.tsx").then((module) => module.WinnersDialog), {
  ssr: false,
});

/** The one dialog that is open, and the keys that open those that belong to no panel. */
export function DeskDialogs() {
  const words = useTranslations("desk");
  const { dialog, may, readOnly } = useDesk();
  const open = useOpenDialog();
  const close = () => dialog.write(null);
  const marker = () => dialog.write({ kind: "marker" });
  const keys = () => dialog.write({ kind: "keys" });
  const noMarks = readOnly && !may(["host", "reviewer"]);
  useDeskKey({ code: "KeyK", key: "K", label: words("marker"), section: "people", run: marker, off: noMarks });
  useDeskKey({ code: "Shift+Slash", key: "?", label: words("keys"), section: "show", run: keys });
  return open ? <OpenDialog key={JSON.stringify(open)} open={open} onClose={close} /> : null;
}

function OpenDialog({ open, onClose }: { open: DeskDialog; onClose: () => void }) {
  switch (open.kind) {
    case "price":
      return <PriceDialog productId={open.productId} onClose={onClose} />;
    case "delist":
      return <DelistDialog productId={open.productId} onClose={onClose} />;
    case "wrongPrice":
      return <WrongPriceDialog productId={open.productId} onClose={onClose} />;
    case "stock":
      return <StockDialog productId={open.productId} onClose={onClose} />;
    case "insert":
      return <InsertDialog onClose={onClose} />;
    case "cue":
      return <CueDrawer cueId={open.cueId} onClose={onClose} />;
    case "marker":
      return <MarkerDialog onClose={onClose} />;
    case "show":
      return <ShowDrawer onClose={onClose} />;
    case "winners":
      return <WinnersDialog lotteryId={open.lotteryId} onClose={onClose} />;
    case "keys":
      return <KeysDialog onClose={onClose} />;
    case "screens":
      return <ScreensDrawer onClose={onClose} />;
    case "held":
      return <HeldDialog onClose={onClose} />;
    case "palette":
      return null;
    default:
      return open satisfies never;
  }
}

/** A cue is edited while the show runs by the very form of the plan. */
function CueDrawer({ cueId, onClose }: { cueId: string; onClose: () => void }) {
  const words = useTranslations("cues");
  const cue = useSession((show) => show.cues.get(cueId));
  if (!cue) return null;
  return (
    <Drawer open onOpenChange={onClose} title={words("editTitle", { title: cue.title })}>
      <CueEditor cue={cue} isNew={false} onRemoved={onClose} />
    </Drawer>
  );
}
