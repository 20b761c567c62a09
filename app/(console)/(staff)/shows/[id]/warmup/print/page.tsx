import { pageTitle } from "#app/page-title.ts";
import { PrintSources } from "#components/warmup/sources/print-sources.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.warmupPlan.sources.printSheet.title);

export default async function Print({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <PrintSources key={id} sessionId={id} />;
}
