"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { type Code, Codes, pictureUrl } from "./code-data.ts";
import styles from "./print-sheet.module.css";

const SIZES = ["small", "middle", "large"] as const;
type Size = (typeof SIZES)[number];

/** Codes on paper: for parcels, counters and posters. */
export function PrintSheet() {
  const words = useTranslations("wecomDesk.codes.print");
  const [ids, setIds] = useState<readonly string[] | null>(null);
  const [size, setSize] = useState<Size>("middle");
  const loaded = useLoaded("wecom codes to print", (signal) =>
    request("/api/v1/wecom/codes", { shape: Codes, signal }),
  );
  useEffect(() => setIds((new URLSearchParams(location.search).get("ids") ?? "").split(",").filter(Boolean)), []);
  return (
    <div className="h-full overflow-y-auto bg-white">
      <article className={styles["page"]}>
        <div className={`${styles["tools"]} flex flex-wrap items-center gap-2`}>
          <Button look="primary" onClick={() => window.print()}>
            {words("print")}
          </Button>
          <Segmented
            label={words("size")}
            value={size}
            onChange={setSize}
            options={SIZES.map((one) => ({ value: one, label: words(`sizes.${one}`) }))}
          />
          <Button asChild>
            <Link href="/wecom/codes">{words("back")}</Link>
          </Button>
        </div>
        <h1 className="sr-only">{words("title")}</h1>
        <LoadedSection loaded={loaded}>
          {({ codes }) => (
            <Sheet
              codes={codes.filter(({ id, status }) => status === "live" && (ids ?? []).includes(id))}
              size={size}
            />
          )}
        </LoadedSection>
      </article>
    </div>
  );
}

function Sheet({ codes, size }: { codes: readonly Code[]; size: Size }) {
  const words = useTranslations("wecomDesk.codes.print");
  if (codes.length === 0) return <EmptyState title={words("empty")} />;
  return (
    <ul className={`${styles["sheet"]} ${styles[size]}`}>
      {codes.map((code) => (
        <li key={code.id} className={styles["code"]}>
          <Picture code={code} />
          <p className={styles["name"]}>{code.name}</p>
          <p className={styles["hint"]}>{words(`scan.${code.kind}`)}</p>
        </li>
      ))}
    </ul>
  );
}

/** Drawn anew as squares it is sharp at any size; where that can't be done, WeCom's own picture. */
function Picture({ code }: { code: Code }) {
  const words = useTranslations("wecomDesk.codes");
  const [ending, setEnding] = useState<"svg" | "png">("svg");
  return (
    <img
      src={pictureUrl(code, ending)}
      alt={words("pictureOf", { name: code.name })}
      onError={() => setEnding("png")}
    />
  );
}
