import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Emulator, startEmulator } from "#server/wecom/emulator/start.ts";
import { qrModules } from "#server/wecom/emulator/page/qr-code.ts";
import { readPng } from "#server/wecom/codes/png-pixels.ts";
import { traceCode, type CodeGrid } from "#server/wecom/codes/trace-code.ts";
import { ORIGIN, testApi, type TestApi } from "../support/api.ts";
import { until } from "../support/wecom-evening.ts";

/** What is printed of a code is what WeCom drew, square by square, and it leads where the code does. */

let api: TestApi;
let wecom: Emulator;
let cookie = "";
let corp = "";
const Made = z.object({ id: z.string() });

async function call(method: "GET" | "POST" | "PUT", path: string, body?: object) {
  const headers = { cookie, origin: ORIGIN };
  return api.app.inject({ method, url: `/api/v1/${path}`, headers, ...(body ? { payload: body } : {}) });
}

beforeAll(async () => {
  wecom = await startEmulator();
  const seeded = wecom.control.seed({ staff: 3, groups: 4, customers: 12, customersPerGroup: 3 });
  const [app] = seeded.apps.values();
  api = await testApi({ wecomUrl: wecom.url });
  await api.addPerson("owner", { owner: true });
  cookie = await api.signIn("owner");
  corp = Made.parse((await call("POST", "wecom/corps", { corpId: seeded.corpId, name: "示例企业" })).json()).id;
  const added = { name: "开播", agentId: app?.agentId, secret: app?.secret };
  expect((await call("POST", `wecom/corps/${corp}/apps`, added)).statusCode).toBe(201);
  expect((await call("PUT", `wecom/rooms/${api.roomId}`, { corpId: corp })).statusCode).toBe(200);
  expect((await call("POST", `wecom/corps/${corp}/sync`, {})).statusCode).toBe(202);
  api.groupsAndPeople.sync.begin();
  const state = async () =>
    z.object({ state: z.string() }).parse((await call("GET", `wecom/corps/${corp}/sync`)).json()).state;
  await until("groups and people are read", async () => (await state()) === "done");
});
afterAll(async () => {
  await api.stop();
  await wecom.close();
});

/** The dark squares of a picture, row by row. */
const squares = ({ side, dark }: CodeGrid): boolean[][] =>
  Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => dark(x, y)));

/** As a print shop's program fills it: runs of squares, four squares from the edge. */
function squaresOfSvg(svg: string): boolean[][] {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) - 8;
  const rows = Array.from({ length: side }, () => Array.from({ length: side }, () => false));
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(length); at += 1) {
      const row = rows[Number(y) - 4];
      if (row) row[Number(x) - 4 + at] = true;
    }
  }
  return rows;
}

async function pictures(wish: object) {
  const made = await call("POST", `wecom/corps/${corp}/codes`, wish);
  expect(made.statusCode).toBe(201);
  const { id } = Made.parse(made.json());
  const [png, svg] = [await call("GET", `wecom/codes/${id}/qr.png`), await call("GET", `wecom/codes/${id}/qr.svg`)];
  expect([png.statusCode, png.headers["content-type"]]).toEqual([200, "image/png"]);
  expect([svg.statusCode, svg.headers["content-type"]]).toEqual([200, "image/svg+xml; charset=utf-8"]);
  const pixels = readPng(png.rawPayload);
  const grid = pixels && traceCode(pixels);
  if (!grid) throw new Error("the picture is a code");
  return { png: squares(grid), svg: squaresOfSvg(svg.body), id };
}

describe("the code's picture", () => {
  it("of a group code has the same squares as PNG and SVG, and they say where to join", async () => {
    const groups = z.object({ groups: z.array(Made) }).parse((await call("GET", "wecom/groups")).json()).groups;
    const wish = { kind: "group", name: "示例群码", groupIds: [groups[0]?.id] };
    const { png, svg } = await pictures(wish);
    const [way] = wecom.control.corp(wecom.control.corpIds()[0] ?? "")?.joinWays.keys() ?? [];
    expect(svg).toEqual(png);
    expect(decoded(png)).toBe(`${wecom.url}/scan/join/${way}`);
    expect(png).toEqual(qrModules(`${wecom.url}/scan/join/${way}`));
  });

  it("of a contact code likewise, and is kept: WeCom is asked for it once", async () => {
    const members = z.object({ members: z.array(Made) }).parse((await call("GET", "wecom/members")).json()).members;
    const wish = { kind: "contact", name: "示例员工码", memberIds: [members[0]?.id] };
    const { png, svg, id } = await pictures(wish);
    const [way] = wecom.control.corp(wecom.control.corpIds()[0] ?? "")?.contactWays.keys() ?? [];
    expect(svg).toEqual(png);
    expect(decoded(png)).toBe(`${wecom.url}/scan/contact/${way}`);
    wecom.control.fault({ path: "*", kind: "cutBefore", times: 1_000 });
    expect((await call("GET", `wecom/codes/${id}/qr.png`)).statusCode).toBe(200);
  });
});

/** Where format and function squares of versions 2 to 5 lie; what else there is holds the words. */
function isFixed(side: number, x: number, y: number): boolean {
  const inCorner = (x < 9 && y < 9) || (x >= side - 8 && y < 9) || (x < 9 && y >= side - 8);
  const inAlignment = Math.max(Math.abs(x - (side - 7)), Math.abs(y - (side - 7))) <= 2;
  return inCorner || inAlignment || x === 6 || y === 6;
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Reads a clean code of one block (versions 2 to 5) in bytes, by the standard and not by the one who drew it; nothing is corrected. */
function decoded(rows: readonly (readonly boolean[])[]): string {
  const side = rows.length;
  const isDark = (x: number, y: number) => rows[y]?.[x] === true;
  // The mask's number stands beside the upper left mark, turned by 101.
  const mask = [2, 3, 4].reduce((bits, x) => bits * 2 + (isDark(x, 8) ? 1 : 0), 0) ^ 0b101;
  const turned = MASKS[mask];
  if (!turned) throw new Error("no such mask");
  const bits: number[] = [];
  let isUp = true;
  for (let right = side - 1; right > 0; right -= 2, isUp = !isUp) {
    if (right === 6) right -= 1;
    for (let step = 0; step < side; step += 1) {
      const y = isUp ? side - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (!isFixed(side, x, y)) bits.push(isDark(x, y) === turned(x, y) ? 0 : 1);
      }
    }
  }
  const numberAt = (from: number, length: number) =>
    bits.slice(from, from + length).reduce((sum, bit) => sum * 2 + bit, 0);
  if (numberAt(0, 4) !== 0b0100) throw new Error("not in bytes");
  return Buffer.from(Array.from({ length: numberAt(4, 8) }, (_, at) => numberAt(12 + at * 8, 8))).toString();
}
