"use client";
import { request, type Failure } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { usePlan } from "../../plan/plan-context.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { useMe } from "../../shell/me-provider.tsx";
import { type Code, Codes } from "../../wecom/codes/code-data.ts";
import { useRoomChoices } from "../../wecom/corp-names.ts";
import { wecomRightsOf } from "../../wecom/wecom-rights.ts";

export type WecomCodeList = {
  /** Of the company that the room's shows use; none while that is not known. */
  readonly codes: readonly Code[];
  readonly state: "loading" | "there" | "denied" | "noCompany" | "failed";
  readonly failure: Failure | null;
  /** Asks again for what did not load. */
  readonly again: () => void;
};

const NONE: readonly Code[] = [];

/** 群活码 and 员工活码 that may belong to sources. */
export function useWecomCodes(): WecomCodeList {
  const { show } = usePlan();
  const { read } = wecomRightsOf(useMe());
  const rehearsal = useSession((slices) => slices.session.rehearsal);
  const { value: choices, failure: noChoices, reload: chooseAgain } = useRoomChoices();
  const use = rehearsal ? "rehearsal" : "show";
  const corpId = choices?.rooms.find((one) => one.roomId === show.roomId && one.use === use)?.corpId ?? null;
  const loaded = useLoaded(`codes ${read ? (corpId ?? "") : ""}`, async (signal) =>
    read && corpId !== null
      ? request(`/api/v1/wecom/codes?corp=${encodeURIComponent(corpId)}`, { shape: Codes, signal })
      : { ok: true as const, value: { codes: [] } },
  );
  const failure = noChoices ?? loaded.failure;
  const codes = loaded.value?.codes.filter(({ status }) => status === "live") ?? NONE;
  const again = () => (noChoices ? chooseAgain() : loaded.reload());
  if (!read) return { codes: NONE, state: "denied", failure: null, again };
  if (failure) return { codes, state: "failed", failure, again };
  if (!choices || !loaded.value) return { codes, state: "loading", failure: null, again };
  return { codes, state: corpId === null ? "noCompany" : "there", failure: null, again };
}
