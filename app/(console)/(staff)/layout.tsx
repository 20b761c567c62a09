import { headers } from "next/headers";
import type { ReactNode } from "react";
import { isSignedIn } from "#components/shell/signed-in.ts";
import { StaffShell } from "#components/shell/staff-shell.tsx";

/** Who is not signed in is led to the sign-in without the page asking the API first. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const cookie = (await headers()).get("cookie") ?? "";
  return <StaffShell signedIn={await isSignedIn(cookie)}>{children}</StaffShell>;
}
