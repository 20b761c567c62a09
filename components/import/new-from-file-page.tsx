"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { mayIn } from "../shell/me.ts";
import { useMe } from "../shell/me-provider.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState } from "../ui/states.tsx";
import type { Target } from "./import-api.ts";
import { ImportFlow } from "./import-flow.tsx";

/** A past show from its export alone. */
export function NewFromFilePage() {
  const words = useTranslations("import");
  const shows = useTranslations("shows");
  const me = useMe();
  const rooms = me.rooms.filter((room) => mayIn(me, room.id, ["manager", "operator"]));
  const [roomId, setRoomId] = useState(rooms[0]?.id ?? "");
  const target = useMemo((): Target | null => (roomId === "" ? null : { kind: "room", roomId }), [roomId]);
  return (
    <div className="mx-auto flex max-w-[1280px] flex-col gap-4 px-6 pb-12">
      <header className="flex h-16 items-center gap-3">
        <h1 className="text-lg font-semibold">{words("past.pageTitle")}</h1>
        <div className="ml-auto">
          <Button asChild size="sm" look="ghost">
            <Link href="/shows">{words("past.back")}</Link>
          </Button>
        </div>
      </header>
      {rooms.length === 0 ? (
        <EmptyState icon="settings" title={shows("noRoomTitle")} text={shows("noRoomText")} />
      ) : (
        <ImportFlow
          target={target}
          before={
            <>
              <p className="max-w-2xl text-sm text-dim">{words("past.intro")}</p>
              <Field label={shows("form.room")} className="w-64">
                <Select
                  value={roomId}
                  onChange={setRoomId}
                  options={rooms.map(({ id, name }) => ({ value: id, label: name }))}
                />
              </Field>
            </>
          }
        />
      )}
    </div>
  );
}
