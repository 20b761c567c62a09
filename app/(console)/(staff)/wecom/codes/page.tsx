import { pageTitle } from "#app/page-title.ts";
import { CodesPage } from "#components/wecom/codes/codes-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.wecomDesk.section.codes);

export default function Page() {
  return <CodesPage />;
}
