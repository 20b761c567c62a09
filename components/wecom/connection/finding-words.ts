"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { DoctorLine } from "./doctor-data.ts";

/** What a line of the doctor found: what is missing, and where it is switched on. */
export function useFindingWords(): (line: DoctorLine) => string {
  const words = useTranslations("wecom.doctor.finding");
  return useCallback(({ code }) => words(code), [words]);
}
