import { pageTitle } from "#app/page-title.ts";
import { SettingsPage } from "#components/settings/settings-page.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.settings.title);

export default function Settings() {
  return <SettingsPage />;
}
