import type { Metadata } from "next";
import { ShowsPage } from "#components/shows/shows-page.tsx";

export const metadata: Metadata = { title: "场次" };

export default function Shows() {
  return <ShowsPage />;
}
