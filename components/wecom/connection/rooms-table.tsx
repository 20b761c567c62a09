"use client";
import { useTranslations } from "next-intl";
import { AnyAnswer, request } from "../../http/request.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { mayIn } from "../../shell/me.ts";
import { useMe } from "../../shell/me-provider.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Select } from "../../ui/select.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { notify } from "../../ui/toast.tsx";
import { useRoomChoices } from "../corp-names.ts";
import type { Corp } from "./corp-data.ts";

/** Which company's groups the shows of a room push to. Rehearsals never reach one of them. */
export function RoomsTable({ corps }: { corps: readonly Corp[] }) {
  const words = useTranslations("wecomDesk.rooms");
  const explain = useFailure();
  const me = useMe();
  const choices = useRoomChoices();
  const choose = async (roomId: string, corpId: string) => {
    const reply = await request(`/api/v1/wecom/rooms/${roomId}`, {
      method: "PUT",
      body: { corpId: corpId === "" ? null : corpId },
      shape: AnyAnswer,
    });
    if (!reply.ok) notify({ tone: "air", title: explain(reply.failure) });
    choices.reload();
  };
  return (
    <section aria-labelledby="wecom-rooms" className="flex flex-col gap-2">
      <h2 id="wecom-rooms" className="text-base font-semibold">
        {words("heading")}
      </h2>
      <p className="text-xs text-faint">{words("hint")}</p>
      <LoadedSection loaded={choices}>
        {({ rooms }) =>
          me.rooms.length === 0 ? (
            <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} />
          ) : (
            <Table label={words("heading")}>
              <Head>
                <Th>{words("room")}</Th>
                <Th className="w-72 max-sm:w-44">{words("shows")}</Th>
                <Th className="w-72 max-md:hidden">{words("rehearsals")}</Th>
              </Head>
              <tbody>
                {me.rooms.map(({ id, name }) => (
                  <Tr key={id}>
                    <Td className="max-w-0 truncate font-medium" title={name}>
                      {name}
                    </Td>
                    <Td className="px-1">
                      <Select
                        size="sm"
                        aria-label={words("choose", { room: name })}
                        disabled={!mayIn(me, id, ["manager"])}
                        value={rooms.find(({ roomId, use }) => roomId === id && use === "show")?.corpId ?? ""}
                        onChange={(corpId) => void choose(id, corpId)}
                        options={[
                          { value: "", label: words("none") },
                          ...corps.map((corp) => ({ value: corp.id, label: corp.name })),
                        ]}
                      />
                    </Td>
                    <Td className="text-dim max-md:hidden">{words("standIn")}</Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )
        }
      </LoadedSection>
    </section>
  );
}
