import { pageTitle } from "#app/page-title.ts";
import { ConnectionPage } from "#components/wecom/connection/connection-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.wecomDesk.section.connection);

export default function Page() {
  return <ConnectionPage />;
}
