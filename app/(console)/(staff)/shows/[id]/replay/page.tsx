import type { Metadata } from "next";
import { ReplayPage } from "#components/live/replay-page.tsx";

export const metadata: Metadata = { title: "回看" };

export default async function Replay({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ReplayPage key={id} sessionId={id} />;
}
