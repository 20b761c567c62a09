import { expect, type Page } from "@playwright/test";
import { STAND_IN_ROBOT } from "#domain/wecom-stand-in.ts";
import { test } from "./clean-page.ts";
import { rowsOf } from "./forwarding.ts";
import { staffApi } from "./staff-api.ts";

/**
 * A whole rehearsal with pushes, at sixty times the speed: the simulated staff of 示例企业 send, one of four late and one never; customers tap links. It
 * is begun before the start, so that what is timed goes out by itself.
 */

const MINUTE = 60_000;
type Row = Readonly<Record<string, unknown>>;

const pushRow = async (page: Page, id: string, title: string): Promise<Row> =>
  (await rowsOf(page.request, id, "pushes")).find(([, row]) => row["title"] === title)?.[1] ?? {};
const tasksOf = async (page: Page, id: string, pushId: unknown): Promise<Row[]> =>
  (await rowsOf(page.request, id, "pushTasks")).flatMap(([, row]) => (row["pushId"] === pushId ? [row] : []));

test("pushes of a rehearsal go out, are sent late or never, are told by robot, and stand in the review", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例彩排 · 推送", rehearsal: true, startInMs: 8 * MINUTE });
  const purposes = ["live", "flash", "content", "benefit"];
  await staff.send(id, "push.plan", {
    kind: "groups",
    title: "开播提醒",
    copy: { text: "【示例】今晚 {{startsAt}} 开播,先来领券:" },
    when: { by: "start", offsetMs: 0 },
    leadMs: 5 * MINUTE,
    audience: { purposes },
  });
  await staff.send(id, "push.plan", {
    kind: "forward",
    title: "员工转发",
    copy: { text: "【示例】开播了,点进来:" },
    when: { by: "start", offsetMs: 2 * MINUTE },
    audience: { purposes: ["content", "benefit"], robotIds: [STAND_IN_ROBOT] },
  });
  await page.goto(`/shows/${id}/pushes`);
  const reports = page.getByRole("region", { name: "战报发到内部群" });
  for (const name of ["每半小时自动发", "下播后自动发全场战报"]) {
    await reports.getByRole("switch", { name }).click();
    await expect(reports.getByRole("switch", { name })).toBeChecked();
    await expect(reports.getByRole("switch", { name })).toBeEnabled();
  }
  await expect
    .poll(async () => (await rowsOf(page.request, id, "pushes")).filter(([, row]) => row["resolved"] !== null).length, {
      timeout: 60_000,
    })
    .toBe(4);
  await expect.poll(async () => (await pushRow(page, id, "开播提醒"))["quota"] ?? null).not.toBeNull();

  await staff.rehearse(id, "post", { seed: 7, minutes: 60, speed: 60, audience: true });
  await expect.poll(async () => (await pushRow(page, id, "开播提醒"))["rounds"]).toBe(1);
  await staff.send(id, "session.start", { reason: "彩排" });

  // Two of the four press at once, one late, one never.
  await page.goto(`/shows/${id}/control`);
  await expect(page.getByText("1 人还没发").first()).toBeVisible();
  const { pushId } = await pushRow(page, id, "开播提醒");
  const tasks = await tasksOf(page, id, pushId);
  const pressed = tasks.flatMap(({ pressedAt }) => (typeof pressedAt === "number" ? [pressedAt] : []));
  expect(tasks).toHaveLength(4);
  expect(Math.max(...pressed) - Math.min(...pressed)).toBeGreaterThan(3 * MINUTE);
  await page.goto(`/shows/${id}/pushes#board=${String(pushId)}`);
  await expect(page.getByRole("button", { name: "没发的 1", exact: true })).toBeVisible();

  await expect.poll(async () => (await pushRow(page, id, "半小时战报"))["rounds"], { timeout: 90_000 }).toBe(1);
  await expect.poll(async () => (await pushRow(page, id, "员工转发"))["ticks"]).toBeGreaterThan(0);
  await staff.send(id, "session.end", {});
  await expect.poll(async () => (await pushRow(page, id, "全场战报"))["status"]).toBe("sent");
  // Useless now: what the fourth never sent is cancelled with WeCom.
  await expect
    .poll(
      async () =>
        (await tasksOf(page, id, pushId)).map(({ state }) => String(state)).toSorted((a, b) => a.localeCompare(b)),
      { timeout: 60_000 },
    )
    .toEqual(["cancelled", "sent", "sent", "sent"]);
  expect((await pushRow(page, id, "开播提醒"))["opens"]).toBeGreaterThan(0);

  await page.goto(`/shows/${id}/review`);
  await expect(page.getByText("开播提醒").first()).toBeVisible();
});
