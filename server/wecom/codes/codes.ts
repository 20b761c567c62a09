import { codeById, insertCode, moveCode, type CodeRow } from "#db/queries/wecom-codes.ts";
import { groupsById } from "#db/queries/wecom-groups.ts";
import { membersById } from "#db/queries/wecom-members.ts";
import { newId, randomLetters } from "../../auth/ids.ts";
import { dropCode, finishCodes, lookForCode, makeCode, sendChange, type CodeDeps } from "./code-work.ts";
import type { CodeWish } from "./code-shape.ts";

/** What is wanted of codes; each answer is a row, whatever became of it at WeCom. Refusals are codes of the interface. */
export type CodeRefusal =
  | "code.targetUnknown"
  | "code.targetGone"
  | "code.notLive"
  | "code.mayExist"
  | "code.kindFixed";

export class Codes {
  readonly #deps: CodeDeps;
  #sweep: NodeJS.Timeout | null = null;

  constructor(deps: CodeDeps) {
    this.#deps = deps;
  }

  /** Finishes what earlier processes left, now and then every minute. */
  begin(): void {
    const finish = () =>
      void finishCodes(this.#deps).catch((err: unknown) => this.#deps.log.warn({ err }, "codes could not be finished"));
    finish();
    this.#sweep = setInterval(finish, SWEEP_MS);
    this.#sweep.unref();
  }

  close(): void {
    if (this.#sweep) clearInterval(this.#sweep);
  }

  async create(corpId: string, wish: CodeWish, by: string): Promise<CodeRow | CodeRefusal> {
    const refusal = await this.#targetsRefused(corpId, wish);
    if (refusal) return refusal;
    const { db, now } = this.#deps;
    const id = newId("q");
    const at = now();
    const state = randomLetters(STATE_BYTES);
    await insertCode(db, {
      id,
      corpId,
      state,
      status: "creating",
      createdBy: by,
      createdAt: at,
      changedAt: at,
      ...columnsOf(wish),
    });
    await makeCode(id, this.#deps);
    return this.#row(id);
  }

  async change(row: CodeRow, wish: CodeWish): Promise<CodeRow | CodeRefusal> {
    if (wish.kind !== row.kind) return "code.kindFixed";
    const refusal = await this.#targetsRefused(row.corpId, wish);
    if (refusal) return refusal;
    const change = { ...columnsOf(wish), pending: true, changedAt: Math.max(this.#deps.now(), row.changedAt + 1) };
    // What was refused was never made: there is nothing to tell WeCom yet.
    const moved =
      (await moveCode(this.#deps.db, row.id, { from: ["live"], change })) ||
      (await moveCode(this.#deps.db, row.id, { from: ["refused"], change: { ...change, pending: false } }));
    if (!moved) return "code.notLive";
    await sendChange(row.id, this.#deps);
    return this.#row(row.id);
  }

  /**
   * Makes a code that was refused. One of which nobody knows is looked for first; what cannot be found out (a group code) is made again only with
   * `mayExist`: WeCom then holds another one without a use, which nobody ever saw.
   */
  async tryAgain(row: CodeRow, { mayExist }: { readonly mayExist: boolean }): Promise<CodeRow | CodeRefusal> {
    const { db, now } = this.#deps;
    if (row.status === "live") {
      await sendChange(row.id, this.#deps);
      return this.#row(row.id);
    }
    await lookForCode(row.id, this.#deps);
    const { status } = await this.#row(row.id);
    if (status === "live") return this.#row(row.id);
    if (status === "unknown" && !mayExist) return "code.mayExist";
    const moved = await moveCode(db, row.id, {
      from: ["refused", "unknown"],
      change: { status: "creating", failure: null, changedAt: now() },
    });
    if (!moved) return "code.notLive";
    await makeCode(row.id, this.#deps);
    return this.#row(row.id);
  }

  async remove(row: CodeRow): Promise<CodeRow | CodeRefusal> {
    const { db, now } = this.#deps;
    const from = ["live", "refused", "unknown", "deleting"];
    if (!(await moveCode(db, row.id, { from, change: { status: "deleting", changedAt: now() } })))
      return "code.notLive";
    await dropCode(row.id, this.#deps);
    return this.#row(row.id);
  }

  async #row(id: string): Promise<CodeRow> {
    const row = await codeById(this.#deps.db, id);
    if (!row) throw new Error(`code ${id} is not there any more`);
    return row;
  }

  async #targetsRefused(corpId: string, wish: CodeWish): Promise<CodeRefusal | null> {
    const { db } = this.#deps;
    if (wish.kind === "group") {
      const groups = await groupsById(db, wish.groupIds);
      if (groups.filter((group) => group.corpId === corpId).length < new Set(wish.groupIds).size)
        return "code.targetUnknown";
      return groups.some(({ dismissedAt }) => dismissedAt !== null) ? "code.targetGone" : null;
    }
    const members = await membersById(db, wish.memberIds);
    if (members.filter((member) => member.corpId === corpId).length < new Set(wish.memberIds).size)
      return "code.targetUnknown";
    return members.some(({ active }) => !active) ? "code.targetGone" : null;
  }
}

const SWEEP_MS = 60_000;
/** 11 letters: short enough for WeCom's 30, and for a link. */
const STATE_BYTES = 8;

function columnsOf(wish: CodeWish) {
  const { kind, name, channel } = wish;
  if (wish.kind === "group") {
    const { groupIds, nextGroup } = wish;
    return {
      kind,
      name,
      channel,
      targetIds: [...new Set(groupIds)],
      autoCreate: nextGroup !== null,
      roomBaseName: nextGroup?.baseName ?? null,
      roomBaseId: nextGroup?.firstNumber ?? null,
    };
  }
  const { memberIds, skipVerify, tagIds, welcome } = wish;
  return { kind, name, channel, targetIds: [...new Set(memberIds)], skipVerify, tagIds: [...tagIds], welcome };
}
