import { pageTitle } from "#app/page-title.ts";
import { WarmupPage } from "#components/warmup/warmup-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.warmup.title);

export default async function Warmup({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <WarmupPage key={id} sessionId={id} />;
}
