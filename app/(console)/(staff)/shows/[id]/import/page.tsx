import type { Metadata } from "next";
import { ShowFilesPage } from "#components/import/show-files-page.tsx";

export const metadata: Metadata = { title: "导入与导出" };

export default async function ShowFiles({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ShowFilesPage key={id} sessionId={id} />;
}
