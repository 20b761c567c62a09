"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMe } from "../../shell/me-provider.tsx";

/** A picture by its key. Which room keeps it is not told, so the rooms are asked one by one; mostly there is one. */
export function KeptPicture({ mediaKey, className }: { mediaKey: string; className: string }) {
  const words = useTranslations("wecomDesk.welcome");
  const { rooms } = useMe();
  const [at, setAt] = useState(0);
  const room = rooms[at];
  if (!room) return <span className="text-xs text-faint">{words("picture")}</span>;
  return (
    <img
      src={`/api/v1/rooms/${room.id}/media/${mediaKey}`}
      alt={words("picture")}
      className={className}
      onError={() => setAt((before) => before + 1)}
    />
  );
}
