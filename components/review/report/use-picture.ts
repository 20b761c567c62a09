"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
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
  const [picture, setPicture] = useState<PictureState>({ state: "drawing" });
  useEffect(() => {
    let url: string | null = null;
    let gone = false;
    drawPicture({ report, roomName, words, discount }).then(
      (blob) => {
        if (gone) return;
        url = URL.createObjectURL(blob);
        setPicture({ state: "ready", blob, url });
      },
      (error: unknown) => {
        console.error("the report's picture could not be drawn", error);
        if (!gone) setPicture({ state: "failed" });
      },
    );
    return () => {
      gone = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [report, roomName, words, discount]);
  return picture;
}
