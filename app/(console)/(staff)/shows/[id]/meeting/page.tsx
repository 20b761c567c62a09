import type { Metadata } from "next";
import { MeetingPage } from "#components/review/meeting/meeting-page.tsx";

export const metadata: Metadata = { title: "会议模式" };

export default async function Meeting({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <MeetingPage key={id} sessionId={id} />;
}
