import type { Metadata } from "next";
import { pageTitle } from "#app/page-title.ts";
import { ReportPage } from "#components/review/report/report-page.tsx";

export const generateMetadata = (): Promise<Metadata> => pageTitle(({ report }) => report.title);

export default async function Report({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ReportPage key={id} sessionId={id} />;
}
