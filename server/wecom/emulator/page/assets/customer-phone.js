import { act, get, openAs } from "./api.js";
import { h, initials } from "./dom.js";
import { posts } from "./message-view.js";

const view = { userid: null };
const scanned = { code: new URLSearchParams(location.search).get("scan") ?? "" };

function scanLine(id, { joinWays, contactWays }, redraw) {
  const code = h("input", {
    id: "code",
    value: scanned.code,
    placeholder: "二维码地址或 config_id",
    "aria-label": "二维码",
    list: "codes",
    oninput: (event) => {
      scanned.code = event.target.value;
    },
  });
  const codes = h(
    "datalist",
    { id: "codes" },
    ...joinWays.map(({ configId, remark }) => h("option", { value: `join/${configId}` }, `群活码 ${remark}`)),
    ...contactWays.map(({ configId, remark }) => h("option", { value: `contact/${configId}` }, `联系我 ${remark}`)),
  );
  const scan = async (event) => {
    event.preventDefault();
    code.blur();
    const said = (answer) => (answer.chatId ? "扫码进群" : `已添加 ${answer.userid}`);
    await act("POST", `/emulator/customers/${id}/scan`, { code: scanned.code }, said);
    scanned.code = "";
    redraw();
  };
  return h(
    "form",
    { class: "line", onsubmit: scan },
    code,
    codes,
    h("button", { type: "submit", class: "main" }, "扫码"),
  );
}

function groupRows(groups, openGroup) {
  if (groups.length === 0) return h("p", { class: "empty" }, "还没有进群。");
  const row = ({ chatId, name, size, last }) =>
    h(
      "button",
      { type: "button", class: "row", onclick: () => openGroup(chatId) },
      initials(name),
      h("span", {}, h("b", {}, name), h("small", {}, last?.text || `${size} 人`)),
    );
  return h("div", { class: "rows" }, ...groups.map(row));
}

function staffLine(id, { chats, chat, redraw }) {
  if (!chat) return h("p", { class: "empty" }, "还没有添加员工。");
  const { userid, name } = chat;
  const path = `/emulator/customers/${id}`;
  const change = (event) => {
    view.userid = event.target.value;
    redraw();
  };
  const options = chats.map((one) => h("option", { value: one.userid, selected: one.userid === userid }, one.name));
  const greet = () => act("POST", `${path}/say`, { chatId: userid, text: "你好" }, "发了一句你好");
  const remove = () => act("POST", `${path}/remove`, { userid }, `删除了 ${name}`);
  return h(
    "div",
    { class: "line" },
    h("select", { "aria-label": "员工", onchange: change }, ...options),
    h("button", { type: "button", onclick: greet }, "说你好"),
    h("button", { type: "button", onclick: remove }, "删除"),
  );
}

async function addLine(id, chats) {
  const { staff } = await get("/emulator/staff", { limit: 200 });
  const strangers = staff.filter(({ userid }) => !chats.some((chat) => chat.userid === userid));
  if (strangers.length === 0) return null;
  const who = h(
    "select",
    { "aria-label": "要添加的员工" },
    ...strangers.map(({ userid, name }) => h("option", { value: userid }, name)),
  );
  const add = (addWay, channels) =>
    act("POST", `/emulator/customers/${id}/add`, { userid: who.value, addWay, channels }, "已添加");
  return h(
    "div",
    { class: "line" },
    who,
    h("button", { type: "button", onclick: () => add(1, null) }, "添加"),
    h("button", { type: "button", onclick: () => add(10, { nickname: "示例视频号", source: 2 }) }, "从直播间添加"),
  );
}

export async function customerPhone(id, redraw, openGroup) {
  const { customer, groups, chats, quota } = await get(`/emulator/customers/${encodeURIComponent(id)}`);
  const codes = await get("/emulator/codes");
  const chat = chats.find(({ userid }) => userid === view.userid) ?? chats[0];
  const onLink = (url) => {
    openAs(id, url);
    void act("POST", `/emulator/customers/${id}/tap`, { chatId: chat.userid, url }, "点了链接");
  };
  const note = `${customer.type === 1 ? "微信" : "企业微信"}用户 · 群发已收 ${quota.used}/${quota.max}`;
  return [
    h(
      "header",
      { class: "top wechat" },
      initials(customer.name),
      h("div", {}, h("strong", {}, customer.name), h("small", {}, note)),
    ),
    h(
      "div",
      { class: "body", "data-scroll": `customer-${id}` },
      scanLine(id, codes, redraw),
      h("h3", {}, "所在的群"),
      groupRows(groups, openGroup),
      h("h3", {}, "添加的员工"),
      staffLine(id, { chats, chat, redraw }),
      chat ? posts(chat.posts, { own: id, empty: "还没有聊天。", onLink }) : null,
      h("h3", {}, "再添加一位"),
      await addLine(id, chats),
    ),
  ];
}
