"use client";
import { useTranslations } from "next-intl";
import { isReplay } from "../session/replay-source.ts";
import { useSessionSource } from "../session/session-provider.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { notify } from "../ui/toast.tsx";
import { addressOf, searchOf } from "./review-address.ts";
import { useReview } from "./review-context.tsx";

/** Copies the address of what is shown: this second, and the stretch that is picked. */
export function CopyLink() {
  const words = useTranslations("review");
  const source = useSessionSource();
  const { stretch } = useReview();
  const copy = async () => {
    const at = isReplay(source) ? source.position().at : null;
    const { tab } = addressOf(window.location);
    const { origin, pathname } = window.location;
    const link = `${origin}${pathname}${searchOf({ at, stretch, tab })}`;
    try {
      await navigator.clipboard.writeText(link);
      notify({ tone: "sure", title: words(stretch ? "stretchCopied" : "secondCopied") });
    } catch {
      // Without https, or where the browser forbids it: the address bar has it too.
      notify({ tone: "wait", title: words("copyByHand"), text: link });
    }
  };
  const said = words(stretch ? "copyStretch" : "copySecond");
  return (
    <Button size="sm" aria-label={said} title={said} onClick={() => void copy()}>
      <Icon name="copy" size={13} />
      <span className="max-md:hidden">{said}</span>
    </Button>
  );
}
