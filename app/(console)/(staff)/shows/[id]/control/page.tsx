import type { Metadata } from "next";
import { ControlPage } from "#components/live/control-page.tsx";

export const metadata: Metadata = { title: "中控" };

export default async function Control({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ControlPage key={id} sessionId={id} />;
}
