import { pageTitle } from "#app/page-title.ts";
import { QuotaPage } from "#components/wecom/quota/quota-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.wecomDesk.section.quota);

export default function Page() {
  return <QuotaPage />;
}
