import type { Metadata } from "next";
import { pageTitle } from "#app/page-title.ts";
import { SharedPage } from "#components/review/report/shared-page.tsx";

export const generateMetadata = (): Promise<Metadata> => pageTitle(({ report }) => report.title);

export default async function Shared({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return <SharedPage key={token} token={token} />;
}
