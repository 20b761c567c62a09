import type { Metadata } from "next";
import { PlanPage } from "#components/plan/plan-page.tsx";

export const metadata: Metadata = { title: "计划" };

export default async function Plan({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <PlanPage key={id} sessionId={id} />;
}
