"use client";
import { useTranslations } from "next-intl";
import type { CommandInput } from "#domain/ops/index.ts";
import { duration } from "../format/time.ts";
import { randomId } from "../http/random-id.ts";
import { useSend, useSession } from "../session/session-provider.tsx";
import { useShifts } from "../session/shifts.ts";
import { useList } from "../ui/use-list.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { DateTimeField } from "../ui/date-time-field.tsx";
import { Icon } from "../ui/icon.tsx";
import { MultiSelect } from "../ui/multi-select.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Head, Table, Td, Th, Tr } from "../ui/table.tsx";
import { useMayPlan, usePlan, useWhoDid } from "./plan-context.tsx";
import { SaveMark, useSaved } from "./saved-field.tsx";
import { Section } from "./section.tsx";

type Shift = CommandInput<"session.setShifts">["shifts"][number];

const SHIFT_MS = 2 * 3_600_000;

/** Who hosts and who operates when; figures are later told by shift. */
export function ShiftsSection() {
  const words = useTranslations("plan.shifts");
  const { plannedStartAt, plannedEndAt } = useSession((show) => show.session);
  const live = useShifts();
  const send = useSend();
  const whoDid = useWhoDid();
  const mayPlan = useMayPlan();
  const saved = useSaved<readonly Shift[]>(live, (shifts, seen) =>
    send("session.setShifts", { shifts: [...shifts] }, { expect: { shifts: [...seen] } }),
  );
  const shifts = saved.value;
  const change = (shiftId: string, part: Partial<Shift>) =>
    saved.commit(shifts.map((shift) => (shift.shiftId === shiftId ? { ...shift, ...part } : shift)));
  const add = () => {
    const from = Math.max(plannedStartAt, ...shifts.map(({ to }) => to));
    const to = from < plannedEndAt ? Math.min(plannedEndAt, from + SHIFT_MS) : from + SHIFT_MS;
    const shiftId = `sh_${randomId().slice(0, 12)}`;
    saved.commit([...shifts, { shiftId, from: from, to: to, hosts: [], operators: [] }]);
  };
  return (
    <Section
      title={words("heading")}
      hint={words("hint")}
      aside={
        <>
          <SaveMark status={saved.status} />
          <Button size="sm" onClick={add} disabled={!mayPlan || shifts.length >= 48}>
            <Icon name="plus" size={12} />
            {words("add")}
          </Button>
        </>
      }
    >
      {saved.error ? (
        <p role="alert" className="text-xs text-air-ink">
          {saved.error}
        </p>
      ) : null}
      {saved.conflict ? (
        <p role="alert" className="flex gap-3 text-xs text-wait-ink">
          {words("conflict", { who: whoDid(({ type }) => type === "session.shiftsSet.v1") ?? "—" })}
          <button type="button" className="underline" onClick={saved.takeTheirs}>
            {words("takeTheirs")}
          </button>
        </p>
      ) : null}
      {shifts.length === 0 ? (
        <EmptyState compact icon="user" title={words("emptyTitle")} text={words("emptyText")} />
      ) : (
        <Table label={words("heading")}>
          <Head>
            <Th className="w-12">{words("number")}</Th>
            <Th className="w-52">{words("from")}</Th>
            <Th className="w-52">{words("to")}</Th>
            <Th className="w-16">{words("length")}</Th>
            <Th>{words("hosts")}</Th>
            <Th>{words("operators")}</Th>
            <Th className="w-10" aria-label={words("remove")} />
          </Head>
          <tbody>
            {shifts.map((shift, index) => (
              <ShiftRow
                key={shift.shiftId}
                shift={shift}
                number={index + 1}
                disabled={!mayPlan}
                onChange={(part) => change(shift.shiftId, part)}
                onRemove={() => saved.commit(shifts.filter(({ shiftId }) => shiftId !== shift.shiftId))}
              />
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}

type ShiftRowProps = {
  shift: Shift;
  number: number;
  disabled: boolean;
  onChange: (part: Partial<Shift>) => void;
  onRemove: () => void;
};

function ShiftRow({ shift, number, disabled, onChange, onRemove }: ShiftRowProps) {
  const words = useTranslations("plan.shifts");
  const roles = useTranslations("role");
  const list = useList();
  const { members } = usePlan();
  // Whose role it is first; in a small team everybody does everything.
  const people = (first: "host" | "operator") =>
    members
      .toSorted((a, b) => Number(b.roles.includes(first)) - Number(a.roles.includes(first)))
      .map(({ id, name, roles: held }) => ({
        value: id,
        label: name,
        hint: list(held.map((role) => roles(role))),
      }));
  return (
    <Tr>
      <Td className="text-dim">{number}</Td>
      <Td className="py-1">
        <DateTimeField
          size="sm"
          aria-label={words("from")}
          value={shift.from}
          disabled={disabled}
          onCommit={(at) => onChange({ from: at })}
        />
      </Td>
      <Td className="py-1">
        <DateTimeField
          size="sm"
          aria-label={words("to")}
          value={shift.to}
          disabled={disabled}
          onCommit={(at) => onChange({ to: at })}
        />
      </Td>
      <Td className="text-dim">{duration(shift.to - shift.from)}</Td>
      <Td>
        <MultiSelect
          size="sm"
          label={words("hosts")}
          max={8}
          placeholder={words("choose")}
          options={people("host")}
          value={shift.hosts}
          onChange={(hosts) => onChange({ hosts })}
        />
      </Td>
      <Td>
        <MultiSelect
          size="sm"
          label={words("operators")}
          max={8}
          placeholder={words("choose")}
          options={people("operator")}
          value={shift.operators}
          onChange={(operators) => onChange({ operators })}
        />
      </Td>
      <Td className="px-1">
        <IconButton label={words("remove")} size="iconSm" disabled={disabled} onClick={onRemove}>
          <Icon name="trash" size={14} />
        </IconButton>
      </Td>
    </Tr>
  );
}
