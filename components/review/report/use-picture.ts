"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useDiscountWords } from "../../plan/discount-words.ts";
import { drawPicture } from "./draw-picture.ts";
import type { Report } from "./report.shape.ts";

export type PictureState =
  | { readonly state: "drawing" }
  | { readonly state: "failed" }
  | { readonly state: "ready"; readonly blob: Blob; readonly url: string };

/** The report's picture, drawn when the report is there and anew when it changes. */
export function usePicture(report: Report, roomName: string): PictureState {
  const words = useTranslations("report");
  const discount = useDiscountWords();
  const shown = useRef<string | null>(null);
  const [picture, setPicture] = useState<PictureState>({ state: "drawing" });
  useEffect(() => {
    let gone = false;
    drawPicture({ report, roomName, words, discount }).then(
      (blob) => {
        if (gone) return;
        const url = URL.createObjectURL(blob);
        // The one before stays in sight until this one is there.
        if (shown.current !== null) URL.revokeObjectURL(shown.current);
        shown.current = url;
        setPicture({ state: "ready", blob, url });
      },
      (error: unknown) => {
        console.error("the report's picture could not be drawn", error);
        if (!gone) setPicture({ state: "failed" });
      },
    );
    return () => {
      gone = true;
    };
  }, [report, roomName, words, discount]);
  useEffect(
    () => () => {
      if (shown.current !== null) URL.revokeObjectURL(shown.current);
    },
    [],
  );
  return picture;
}
