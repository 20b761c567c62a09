import type { ReactNode } from "react";
import { WecomFrame } from "#components/wecom/wecom-frame.tsx";

export default function WecomLayout({ children }: { children: ReactNode }) {
  return <WecomFrame>{children}</WecomFrame>;
}
