import { pageTitle } from "#app/page-title.ts";
import { GroupsPage } from "#components/wecom/groups/groups-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.wecomDesk.section.groups);

export default function Page() {
  return <GroupsPage />;
}
