import { pageTitle } from "#app/page-title.ts";
import { PeoplePage } from "#components/wecom/people/people-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.wecomDesk.section.people);

export default function Page() {
  return <PeoplePage />;
}
