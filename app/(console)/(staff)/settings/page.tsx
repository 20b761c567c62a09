import type { Metadata } from "next";
import { SettingsPage } from "#components/settings/settings-page.tsx";

export const metadata: Metadata = { title: "设置" };

export default function Settings() {
  return <SettingsPage />;
}
