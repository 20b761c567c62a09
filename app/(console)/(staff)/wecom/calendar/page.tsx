import { pageTitle } from "#app/page-title.ts";
import { CalendarPage } from "#components/wecom/calendar/calendar-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.wecomDesk.section.calendar);

export default function Page() {
  return <CalendarPage />;
}
