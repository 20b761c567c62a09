import type { Metadata } from "next";
import { PrintPage } from "#components/review/whole/print-page.tsx";

export const metadata: Metadata = { title: "复盘打印" };

export default async function Print({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <PrintPage key={id} sessionId={id} />;
}
