import { pageTitle } from "#app/page-title.ts";
import { TrendsPage } from "#components/compare/trends-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.compare.trends);

export default async function RoomShows({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <TrendsPage key={id} roomId={id} />;
}
