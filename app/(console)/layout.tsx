import type { ReactNode } from "react";
import { PageDocument, privateTitles } from "../page-document.tsx";
import "../theme.css";

export const generateMetadata = privateTitles;

/** The staff's pages. They are dynamic, which the viewer's pages must not be: those have a root layout of their own. */
export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return <PageDocument>{children}</PageDocument>;
}
