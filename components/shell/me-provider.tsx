"use client";
import { useRouter } from "next/navigation";
import { createContext, useContext, useEffect, type ReactNode } from "react";
import { request, type Reply } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { ErrorState, SkeletonRows } from "../ui/states.tsx";
import { Me } from "./me.ts";

const MeContext = createContext<{ me: Me; reload: () => void } | null>(null);

export function useMe(): Me {
  const found = useContext(MeContext);
  if (!found) throw new Error("no MeProvider above");
  return found.me;
}

/** After a room was made or roles changed. */
export function useReloadMe(): () => void {
  const found = useContext(MeContext);
  if (!found) throw new Error("no MeProvider above");
  return found.reload;
}

const NOBODY: Me = { person: { id: "", name: "", username: null }, owner: false, rooms: [] };

/** For pages that are opened by a link: parts that ask who looks are told that nobody does. */
export function NobodyProvider({ children }: { children: ReactNode }) {
  return <MeContext.Provider value={{ me: NOBODY, reload: () => undefined }}>{children}</MeContext.Provider>;
}

/** Who is signed in; nobody is led to the sign-in and back here afterwards. */
export function MeProvider({ signedIn, children }: { signedIn: boolean; children: ReactNode }) {
  const {
    value: me,
    failure,
    reload,
  } = useLoaded("me", (signal): Promise<Reply<Me>> =>
    signedIn
      ? request("/api/v1/me", { shape: Me, signal })
      : Promise.resolve({ ok: false, failure: { kind: "denied", code: "auth.required" } }),
  );
  const router = useRouter();
  const explain = useFailure();
  const signedOut = failure?.code === "auth.required";
  useEffect(() => {
    if (signedOut) router.replace(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  }, [signedOut, router]);
  if (me) return <MeContext.Provider value={{ me, reload }}>{children}</MeContext.Provider>;
  if (failure && !signedOut) return <ErrorState title={explain(failure)} className="pt-40" />;
  return (
    <div className="pt-24">
      <SkeletonRows rows={8} />
    </div>
  );
}
