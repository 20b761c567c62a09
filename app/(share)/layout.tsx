import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageDocument, privateTitles } from "../page-document.tsx";
import "../theme.css";

/** Its address is its key: it goes to nobody else. */
export async function generateMetadata(): Promise<Metadata> {
  return {
    ...(await privateTitles()),
    robots: { index: false, follow: false, nocache: true },
    referrer: "no-referrer",
  };
}

/** Pages that are opened by a link, without a sign-in and without the staff's frame. */
export default function ShareLayout({ children }: { children: ReactNode }) {
  return <PageDocument>{children}</PageDocument>;
}
