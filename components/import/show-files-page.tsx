"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import * as z from "zod/mini";
import { request } from "../http/request.ts";
import { useLoaded } from "../http/use-loaded.ts";
import { mayIn, RoleName } from "../shell/me.ts";
import { useMe } from "../shell/me-provider.tsx";
import { PhaseTag, RehearsalTag } from "../shows/phase-tag.tsx";
import { Show } from "../shows/show-list.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { Callout, ErrorState, SkeletonRows } from "../ui/states.tsx";
import { ExportsSection } from "./exports-section.tsx";
import { importsOf } from "./import-api.ts";
import { ImportFlow } from "./import-flow.tsx";
import { ImportHistory } from "./import-history.tsx";

const ShowDetail = z.extend(Show, { roles: z.array(RoleName) });

/** True figures in and lists out, of one show. */
export function ShowFilesPage({ sessionId }: { sessionId: string }) {
  const words = useTranslations("import");
  const failureWords = useTranslations("failure");
  const ui = useTranslations("ui");
  const shows = useTranslations("shows");
  const explain = useFailure();
  const me = useMe();
  const loaded = useLoaded(sessionId, (signal) =>
    request(`/api/v1/sessions/${sessionId}`, { shape: ShowDetail, signal }),
  );
  const show = loaded.value;
  if (!show) {
    if (!loaded.failure) return <SkeletonRows rows={8} />;
    return (
      <ErrorState
        title={failureWords("titleLoad")}
        text={explain(loaded.failure)}
        actions={<Button onClick={loaded.reload}>{ui("retry")}</Button>}
      />
    );
  }
  const mayImport = mayIn(me, show.roomId, ["manager", "operator"]);
  return (
    <div className="mx-auto flex max-w-[1280px] flex-col gap-8 px-6 pb-12">
      <header className="flex h-16 items-center gap-3">
        <h1 className="truncate text-lg font-semibold">{show.title}</h1>
        <PhaseTag phase={show.phase} />
        {show.rehearsal ? <RehearsalTag /> : null}
        <span className="text-sm text-dim">{words("title")}</span>
        <div className="ml-auto flex gap-1">
          <Button asChild size="sm" look="ghost">
            <Link href={`/shows/${sessionId}/plan`}>{shows("toPlan")}</Link>
          </Button>
          <Button asChild size="sm" look="ghost">
            <Link href={`/shows/${sessionId}/control`}>{shows("toControl")}</Link>
          </Button>
          {show.startedAt === null ? null : (
            <Button asChild size="sm" look="ghost">
              <Link href={`/shows/${sessionId}/review`}>{shows("toReview")}</Link>
            </Button>
          )}
        </div>
      </header>
      {show.rehearsal ? (
        <Callout>{words("noRehearsal")}</Callout>
      ) : mayImport ? (
        <Imports sessionId={sessionId} onEnded={loaded.reload} />
      ) : (
        <Callout>{words("notYours")}</Callout>
      )}
      {mayImport ? (
        <ExportsSection sessionId={sessionId} title={show.title} withClaims={mayIn(me, show.roomId, ["manager"])} />
      ) : null}
    </div>
  );
}

function Imports({ sessionId, onEnded }: { sessionId: string; onEnded: () => void }) {
  const history = useLoaded(`imports ${sessionId}`, (signal) => importsOf(sessionId, signal));
  return (
    <>
      <ImportFlow
        target={{ kind: "show", sessionId }}
        onEnded={() => {
          history.reload();
          onEnded();
        }}
      />
      {history.value ? <ImportHistory imports={history.value.imports} /> : null}
    </>
  );
}
