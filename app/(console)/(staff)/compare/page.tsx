import { pageTitle } from "#app/page-title.ts";
import { ComparePage } from "#components/compare/compare-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.compare.title);

export default function Compare() {
  return <ComparePage />;
}
