import { pageTitle } from "#app/page-title.ts";
import { ShowsPage } from "#components/shows/shows-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.shows.title);

export default function Shows() {
  return <ShowsPage />;
}
