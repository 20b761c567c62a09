import type { Metadata } from "next";
import { ReviewPage } from "#components/review/review-page.tsx";

export const metadata: Metadata = { title: "复盘" };

export default async function Review({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ReviewPage key={id} sessionId={id} />;
}
