"use client";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Icon } from "../ui/icon.tsx";

function subscribe(listener: () => void) {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** The machine itself says that it has no network. Pages load what they lack by themselves when it is back. */
export function OfflineBanner() {
  const words = useTranslations("connection");
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  // Where a show is followed, its own banner says more.
  const followsShow = /^\/shows\/[^/]+\/(?!import$)/.test(usePathname() ?? "");
  if (online || followsShow) return null;
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-2 border-b border-wait-edge bg-wait-soft px-4 py-1.5 text-sm text-wait-ink"
    >
      <Icon name="warning" size={14} />
      {words("offline")}
    </div>
  );
}
