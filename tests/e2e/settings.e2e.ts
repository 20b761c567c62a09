import { expect } from "@playwright/test";
import { expectAccessible, test } from "./clean-page.ts";
import { openAs } from "./colleague.ts";
import { staffApi } from "./staff-api.ts";

test("a person gets roles in a room, a new password, and loses the door when disabled", async ({
  page,
  browser,
  baseURL,
  watch,
  tolerate,
}) => {
  tolerate(/401 \(Unauthorized\)/);
  const staff = await staffApi(page.request, baseURL ?? "");
  const { rooms } = await (await page.request.get("/api/v1/rooms")).json();
  const id = await staff.createShow({ title: "示例 · 谁能进" });
  await page.goto("/settings?tab=people");
  await page.getByRole("button", { name: "加人员" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("textbox", { name: "姓名" }).fill("示例戊");
  await drawer.getByRole("textbox", { name: "用户名" }).fill("third");
  const password = await drawer.getByRole("textbox", { name: "初始密码" }).inputValue();
  expect(password.length).toBeGreaterThanOrEqual(10);
  await drawer.getByRole("checkbox", { name: `${rooms[0].name} · 场控` }).click();
  await expectAccessible(page);
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("row", { name: /示例戊/ })).toContainText("场控");
  await expectAccessible(page);

  const person = { id: "", name: "示例戊", username: "third", password };
  const other = await openAs(browser, person, baseURL ?? "");
  watch(other.context());
  await other.goto("/shows");
  await expect(other.getByRole("button", { name: "新建场次" })).toBeDisabled();
  await other.goto(`/shows/${id}/plan`);
  await expect(other.getByText("没有改计划的权限", { exact: false })).toBeVisible();
  await expect(other.getByRole("textbox", { name: "标题", exact: true })).toBeDisabled();
  await other.goto("/settings");
  await expect(other.getByRole("tab")).toHaveText(["我的账号"]);

  await page.getByRole("button", { name: "编辑 示例戊" }).click();
  await drawer.getByRole("checkbox", { name: `${rooms[0].name} · 中控` }).click();
  await drawer.getByRole("button", { name: "生成" }).click();
  const renewed = await drawer.getByRole("textbox", { name: "重设密码" }).inputValue();
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("row", { name: /示例戊/ })).toContainText("中控");
  const signIn = async (with_: string) =>
    (
      await page
        .context()
        .browser()
        ?.newContext({ baseURL: baseURL ?? "" })
        .then(async (context) => {
          const answer = await context.request.post("/api/auth/sign-in/username", {
            headers: { origin: baseURL ?? "" },
            data: { username: "third", password: with_ },
          });
          await context.close();
          return answer;
        })
    )?.status();
  expect(await signIn(password)).toBe(401);
  expect(await signIn(renewed)).toBe(200);
  await other.context().close();

  const again = await openAs(browser, { ...person, password: renewed }, baseURL ?? "");
  watch(again.context());
  await again.goto(`/shows/${id}/plan`);
  await expect(again.getByRole("textbox", { name: "标题", exact: true })).toBeEnabled();
  await page.getByRole("button", { name: "编辑 示例戊" }).click();
  await drawer.getByRole("switch", { name: "停用账号" }).click();
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("row", { name: /示例戊/ })).toContainText("已停用");
  await expect(
    again.getByRole("link", { name: "重新登录" }).or(again.getByRole("button", { name: "登录" })),
  ).toBeVisible();
  await again.context().close();
});

test("a token is shown once, works, and is refused as soon as it is revoked", async ({ page, playwright, baseURL }) => {
  await staffApi(page.request, baseURL ?? "");
  await page.goto("/settings?tab=tokens");
  await page.getByRole("button", { name: "新建令牌" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "用途" }).fill("示例 订单同步");
  await dialog.getByRole("button", { name: "新建令牌" }).click();
  const token = await dialog.getByRole("textbox", { name: "令牌" }).inputValue();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "已存好" }).click();

  const program = await playwright.request.newContext({
    baseURL: baseURL ?? "",
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  expect((await program.get("/api/v1/sessions")).status()).toBe(200);
  const row = page.getByRole("row", { name: /示例 订单同步/ });
  await expect(row).not.toContainText(token);
  await row.getByRole("button", { name: "收回" }).click();
  const question = page.getByRole("alertdialog").or(dialog);
  await question.getByRole("button", { name: "收回" }).click();
  // As long as it is asked, nothing behind it has a role, and no row is there.
  await expect(question).toBeHidden();
  await expect(row).toHaveCount(0);
  expect((await program.get("/api/v1/sessions")).status()).toBe(401);
  await program.dispose();
});

test("a room's lists and its remembered headers are edited, and a header can be forgotten", async ({
  page,
  baseURL,
}) => {
  await staffApi(page.request, baseURL ?? "");
  const { rooms } = await (await page.request.get("/api/v1/rooms")).json();
  const [room] = rooms;
  for (const [kind, header, field] of [
    ["productSheet", "示例表头", "mechanism"],
    ["orders", "示例订单列", "orderPaid"],
  ])
    await page.request.put(`/api/v1/rooms/${room.id}/mappings/${kind}`, {
      headers: { origin: baseURL ?? "" },
      data: { columns: { [header ?? ""]: field } },
    });
  await page.goto("/settings?tab=mappings");
  const remembered = page.getByRole("table", { name: "记住的表头" });
  await remembered.getByRole("combobox", { name: "示例表头" }).click();
  await page.getByRole("option", { name: "卖点" }).click();
  await expect(remembered.getByRole("combobox", { name: "示例表头" })).toHaveText("卖点");
  await expectAccessible(page);
  await page.getByRole("button", { name: "忘掉「示例表头」" }).click();
  await expect(remembered.getByText("示例表头")).toHaveCount(0);
  await page.getByRole("button", { name: "订单", exact: true }).click();
  await expect(remembered.getByRole("row", { name: /示例订单列/ })).toContainText("订单实付");
  await page.getByRole("button", { name: "忘掉「示例订单列」" }).click();
  await page.reload();
  await page.getByRole("button", { name: "订单", exact: true }).click();
  await expect(page.getByText("还没有记住的表头").or(remembered)).toBeVisible();
  await expect(page.getByText("示例订单列")).toHaveCount(0);

  await page.getByRole("tab", { name: "直播间" }).click();
  await page.getByRole("button", { name: `编辑 ${room.name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "评论关键词" }).fill("尺码\n发货\n示例词");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("row", { name: new RegExp(room.name) })).toContainText("示例词");
});

test("the language follows the account, and the password is changed only with the old one", async ({
  page,
  baseURL,
  tolerate,
}) => {
  tolerate(/400 \(Bad Request\)|401 \(Unauthorized\)/);
  await staffApi(page.request, baseURL ?? "");
  await page.goto("/settings?tab=account");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "现在的密码" }).or(page.getByLabel("现在的密码")).fill("not the password");
  await page.getByLabel("新密码", { exact: true }).fill("another-password");
  await page.getByLabel("再输一遍新密码").fill("another-passwort");
  await page.getByRole("button", { name: "修改密码" }).click();
  await expect(page.getByText("两次输入的新密码不一样。")).toBeVisible();
  await page.getByLabel("再输一遍新密码").fill("another-password");
  await page.getByRole("button", { name: "修改密码" }).click();
  await expect(
    page
      .getByRole("alert")
      .or(page.getByText("密码不对", { exact: false }))
      .first(),
  ).toBeVisible();

  const language = page.getByRole("group", { name: "界面语言" }).or(page.getByRole("radiogroup", { name: "界面语言" }));
  await language.getByText("English").click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await page.goto("/shows");
  await expect(page).toHaveTitle("Shows · Kaibo");
  await expectAccessible(page);
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { name: "场次" })).toBeVisible();
});
