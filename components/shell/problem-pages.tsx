"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "../ui/button.tsx";
import { EmptyState, ErrorState } from "../ui/states.tsx";

export function NotFound() {
  const words = useTranslations("page");
  return (
    <main className="flex min-h-[80vh] items-center">
      <EmptyState
        wholePage
        icon="search"
        title={words("notFoundTitle")}
        text={words("notFoundText")}
        actions={
          <Button asChild look="primary">
            <Link href="/shows">{words("toShows")}</Link>
          </Button>
        }
      />
    </main>
  );
}

/** `digest` is what the server's log knows the error by. */
export function Broken({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const words = useTranslations("page");
  const ui = useTranslations("ui");
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <main className="flex min-h-[80vh] items-center">
      <ErrorState
        wholePage
        title={words("errorTitle")}
        text={
          <>
            {words("errorText")}
            {error.digest ? (
              <span className="mt-1 block font-mono">{words("errorId", { id: error.digest })}</span>
            ) : null}
          </>
        }
        actions={
          <>
            <Button look="primary" onClick={retry}>
              {ui("retry")}
            </Button>
            <Button onClick={() => location.assign("/shows")}>{words("toShows")}</Button>
          </>
        }
      />
    </main>
  );
}
