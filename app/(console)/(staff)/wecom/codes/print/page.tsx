import { pageTitle } from "#app/page-title.ts";
import { PrintSheet } from "#components/wecom/codes/print-sheet.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.wecomDesk.codes.print.title);

export default function Page() {
  return <PrintSheet />;
}
