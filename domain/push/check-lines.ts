import type { AutoLine } from "../auto-checks.ts";
import { fieldsOfCopy, type CopyField } from "./copy.ts";
import { isOpen, isResolved, type Push, type PushState } from "./state.ts";

/** Lines of 开播检查 and 下播检查 about pushes (PSH22). */

const goLive = new WeakMap<PushState["pushes"], readonly AutoLine[]>();

/** Counted once for each change of a push: the check is drawn whenever the show moves. */
export function pushGoLiveLines({ pushes }: PushState): readonly AutoLine[] {
  const known = goLive.get(pushes);
  if (known) return known;
  const lines = [...pushes.values()].filter((push) => isOpen(push)).flatMap(linesOf);
  goLive.set(pushes, lines);
  return lines;
}

function linesOf(push: Push): AutoLine[] {
  const { pushId, title, held, resolved, quota, sendAt, expiresAt, rev } = push;
  const lines: AutoLine[] = [];
  const about = (what: string, line: Pick<AutoLine, "code"> & Partial<AutoLine>) => {
    lines.push({ ...line, lineId: `push:${what}:${pushId}:${rev}`, data: { pushId, title, ...line.data } });
  };
  if (held) about(`held:${held.reason}`, { code: "pushHeld", data: { reason: held.reason } });
  if (!resolved || !isResolved(push)) about("open", { code: "pushNotResolved" });
  else if (resolved.tasks === 0) about("nobody", { code: "pushNobody" });
  if (sendAt !== null && expiresAt !== null && expiresAt <= sendAt) about("useless", { code: "pushUseless" });
  if (quota && quota.over > 0) about(`over:${quota.over}`, { code: "pushOverQuota", data: { over: quota.over } });
  return lines;
}

const fieldsKnown = new WeakMap<Push["copy"], readonly CopyField[]>();

function fieldsOnce({ copy }: Push): readonly CopyField[] {
  const known = fieldsKnown.get(copy) ?? fieldsOfCopy(copy);
  fieldsKnown.set(copy, known);
  return known;
}

/** Pushes whose words want a figure that nobody can tell yet: without it they would be refused at their time. */
export function pushCopyLines({ pushes }: PushState, without: readonly CopyField[]): AutoLine[] {
  if (without.length === 0) return [];
  return [...pushes.values()].flatMap((push): AutoLine[] => {
    const fields = isOpen(push) ? fieldsOnce(push).filter((field) => without.includes(field)) : [];
    if (fields.length === 0) return [];
    const { pushId, title, rev } = push;
    return [
      {
        lineId: `push:copy:${pushId}:${rev}`,
        code: "pushCopyWithout",
        data: { pushId, title, fields: fields.join("、") },
      },
    ];
  });
}

const wrapUp = new WeakMap<
  PushState["tasks"],
  { readonly pushes: PushState["pushes"]; readonly lines: readonly AutoLine[] }
>();

export function pushWrapUpLines({ pushes, tasks }: PushState): readonly AutoLine[] {
  const known = wrapUp.get(tasks);
  if (known?.pushes === pushes) return known.lines;
  const lines = [...pushes.values()].flatMap(({ pushId, title, tasks: byState }): AutoLine[] => {
    const unsent = [...tasks.values()].filter(
      (task) => task.pushId === pushId && task.role === "mass" && task.state === "waiting" && task.pressedAt === null,
    ).length;
    return [
      ...(unsent > 0 ? [{ lineId: `unsent:${pushId}`, code: "pushUnsent", data: { pushId, title, unsent } }] : []),
      ...(byState.unknown > 0
        ? [{ lineId: `unknown:${pushId}`, code: "pushUnknown", data: { pushId, title, unknown: byState.unknown } }]
        : []),
    ];
  });
  wrapUp.set(tasks, { pushes, lines });
  return lines;
}
