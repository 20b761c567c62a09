import { pageTitle } from "#app/page-title.ts";
import { PlanPage } from "#components/plan/plan-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.show.plan);

export default async function Plan({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <PlanPage key={id} sessionId={id} />;
}
