"use client";
import { useTranslations } from "next-intl";
import type { Role } from "#domain/op.ts";
import { useMe } from "../shell/me-provider.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { Checkbox } from "../ui/switch.tsx";
import { ROOM_ROLES } from "./settings-data.ts";

type Roles = Readonly<Record<string, readonly Role[]>>;

/** Rooms by roles. A person may hold several in a room, and others elsewhere. */
export function RoleMatrix({ roles, onChange }: { roles: Roles; onChange: (roles: Roles) => void }) {
  const words = useTranslations("settings.people");
  const names = useTranslations("role");
  const { rooms } = useMe();
  const set = (roomId: string, role: Role, on: boolean) => {
    const held = roles[roomId] ?? [];
    onChange({ ...roles, [roomId]: on ? [...held, role] : held.filter((other) => other !== role) });
  };
  return (
    <div className="overflow-x-auto">
      <Table label={words("roles")}>
        <Head>
          <Th className="bg-raised">{words("room")}</Th>
          {ROOM_ROLES.map((role) => (
            <Th key={role} className="bg-raised px-1.5 text-center">
              {names(role)}
            </Th>
          ))}
        </Head>
        <tbody>
          {rooms.map(({ id, name }) => (
            <Tr key={id}>
              <Td className="max-w-40 truncate" title={name}>
                {name}
              </Td>
              {ROOM_ROLES.map((role) => (
                <Td key={role} className="px-1.5">
                  <Checkbox
                    className="justify-center"
                    labelHidden
                    label={`${name} · ${names(role)}`}
                    checked={(roles[id] ?? []).includes(role)}
                    onChange={(on) => set(id, role, on)}
                  />
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
