import type { Metadata } from "next";
import { AssistantPage } from "#components/screen/assistant-page.tsx";

export const metadata: Metadata = { title: "助播" };

export default async function Assistant({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <AssistantPage key={id} sessionId={id} />;
}
