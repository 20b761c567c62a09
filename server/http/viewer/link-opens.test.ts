import { expect, it } from "vitest";
import type { Command } from "#domain/engine.ts";
import { createLog } from "#server/lib/log.ts";
import { createLinkOpens } from "./link-opens.ts";

function gather() {
  const told: Command[] = [];
  const send = (_id: string, command: Command) => {
    told.push(command);
    return Promise.resolve({ status: "ok" as const, seq: 1 });
  };
  return { told, opens: createLinkOpens({ directory: { send }, log: createLog(null) }) };
}
const open = (code: string, visitor: string, sessionId = "s1") => ({ sessionId, code, visitor });

it("[ATT1] counts a visitor once for each link, and tells a show all at once", async () => {
  const { told, opens } = gather();
  const noted = [
    open("codeaa", "v1"),
    open("codeaa", "v1"),
    open("codeaa", "v2"),
    open("codebb", "v1"),
    open("codeaa", "v1", "s2"),
  ];
  expect(noted.map((one) => opens.note(one))).toEqual([true, false, true, true, true]);
  await opens.flush();
  expect(told.map(({ input }) => input)).toEqual([
    {
      opens: [
        { taskId: "codeaa", count: 2 },
        { taskId: "codebb", count: 1 },
      ],
    },
    { opens: [{ taskId: "codeaa", count: 1 }] },
  ]);
  expect(opens.note(open("codeaa", "v2"))).toBe(false);
  await opens.close();
  expect(told).toHaveLength(2);
});

it("[ATT1] gathers no more codes at a time than a show takes, and tells what is left when it closes", async () => {
  const { told, opens } = gather();
  for (let n = 0; n < 700; n += 1) opens.note(open(`guess${n}`, "v1"));
  opens.note(open("guess0", "v2"));
  await opens.close();
  const [{ input }] = told as [Command];
  const { opens: list } = input as { opens: { taskId: string; count: number }[] };
  expect(list).toHaveLength(500);
  expect(list[0]).toEqual({ taskId: "guess0", count: 2 });
});
