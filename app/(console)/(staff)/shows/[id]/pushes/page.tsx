import { pageTitle } from "#app/page-title.ts";
import { PushPage } from "#components/push/push-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.push.title);

export default async function Pushes({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <PushPage key={id} sessionId={id} />;
}
