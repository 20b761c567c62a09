"use client";
import { useTranslations } from "next-intl";
import { IconButton } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { Icon } from "../../ui/icon.tsx";
import { Popover } from "../../ui/popover.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { notify } from "../../ui/toast.tsx";
import { isShortLink } from "./source-links.ts";

/** The source's link: into the clipboard, or as a code to be scanned from the screen. */
export function LinkButtons({ name, link }: { name: string; link: string | null }) {
  const words = useTranslations("warmupPlan.sources");
  const copy = async () => {
    if (link === null) return;
    if (await copyText(link)) notify({ tone: "sure", title: words("copied", { name }), text: link });
    else notify({ tone: "wait", title: words("notCopied"), text: link });
  };
  return (
    <span className="flex">
      <IconButton
        label={words("copyLinkOf", { name })}
        size="iconSm"
        disabled={link === null}
        onClick={() => void copy()}
      >
        <Icon name="copy" size={13} />
      </IconButton>
      <Popover
        className="w-64"
        label={words("qrOf", { name })}
        trigger={
          <IconButton label={words("qrOf", { name })} size="iconSm" disabled={link === null}>
            <QrSign />
          </IconButton>
        }
      >
        {link === null ? null : (
          <div className="flex flex-col items-center gap-2">
            <QrCode text={link} label={words("qrOf", { name })} className="size-48 rounded-md" />
            <p className="max-w-full truncate text-sm font-medium" title={name}>
              {name}
            </p>
            <p className="text-xs break-all text-dim select-all">{link}</p>
            <p className="text-2xs text-faint">{words(isShortLink(link) ? "shortNote" : "longNote")}</p>
          </div>
        )}
      </Popover>
    </span>
  );
}

function QrSign() {
  return (
    <svg aria-hidden width={13} height={13} viewBox="0 0 14 14" fill="currentColor">
      <path
        d="M1 1h5v5H1zM2.2 2.2v2.6h2.6V2.2zM8 1h5v5H8zM9.2 2.2v2.6h2.6V2.2zM1 8h5v5H1zM2.2 9.2v2.6h2.6V9.2zM8 8h2v2H8zM11 8h2v2h-2zM8 11h2v2H8zM11 11h2v2h-2z"
        fillRule="evenodd"
      />
    </svg>
  );
}
