import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { StaffShell } from "#components/shell/staff-shell.tsx";

/** Who has no cookie of a sign-in is not asked about at the API at all. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const hasCookie = (await cookies()).getAll().some(({ name }) => name.includes("session"));
  return <StaffShell hasCookie={hasCookie}>{children}</StaffShell>;
}
