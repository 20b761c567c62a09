import { act, chosen, get } from "./api.js";
import { customerPhone } from "./customer-phone.js";
import { h, initials, show, toast, wholeTime } from "./dom.js";
import { groupPhone } from "./group-phone.js";
import { panelView } from "./panel.js";
import { staffPhone } from "./staff-phone.js";

/** What is shown stands in the address, so that a phone can be opened by a link: #staff/staff01, #groups/wr…, #customers/wm…. */
const place = (id) => document.getElementById(id);
const shown = { kind: "staff", ids: { staff: null, groups: null, customers: null }, q: "" };
const isScanning = new URLSearchParams(location.search).has("scan");

function readAddress() {
  const [kind, id] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (!["staff", "groups", "customers"].includes(kind)) return;
  shown.kind = kind;
  if (id) shown.ids[kind] = id;
}

function choose(kind, id) {
  shown.kind = kind;
  shown.ids[kind] = id;
  history.replaceState(null, "", `#${kind}/${encodeURIComponent(id ?? "")}`);
  place("desk").dataset.part = "phone";
  void redraw();
}

const rowOf = {
  staff: ({ userid, name, position, waiting, groups }) => ({
    id: userid,
    name,
    note: `${position} · ${groups} 个群`,
    badge: waiting,
  }),
  groups: ({ chatId, name, size, ownerName, last }) => ({
    id: chatId,
    name,
    note: last?.text || `${ownerName} · ${size} 人`,
    badge: 0,
  }),
  customers: ({ id, name, follows }) => ({ id, name, note: `${follows.length} 位员工`, badge: 0 }),
};

async function drawList() {
  const { kind } = shown;
  const answer = await get(`/emulator/${kind}`, { q: shown.q, limit: 100 });
  await released();
  const rows = answer[kind].map(rowOf[kind]);
  if (!shown.ids[kind] && rows[0]) shown.ids[kind] = rows[0].id;
  for (const tab of place("kinds").children) tab.setAttribute("aria-selected", String(tab.dataset.kind === kind));
  show(
    place("list"),
    ...rows.map(({ id, name, note, badge }) =>
      h(
        "button",
        {
          type: "button",
          class: "row",
          "aria-current": id === shown.ids[kind] ? "true" : null,
          onclick: () => choose(kind, id),
        },
        initials(name),
        h("span", {}, h("b", {}, name), h("small", {}, note)),
        badge > 0 ? h("em", { class: "badge", title: "待发送的群发" }, String(badge)) : null,
      ),
    ),
    answer.total > rows.length ? h("p", { class: "quiet" }, `共 ${answer.total}，搜索以缩小范围`) : null,
    rows.length === 0 ? h("p", { class: "empty" }, shown.q ? "没有找到。" : "这里还是空的。") : null,
  );
}

async function drawPhone() {
  const id = shown.ids[shown.kind];
  if (!id) {
    show(place("phone"), h("p", { class: "empty" }, "从名单里选一位。"));
    return;
  }
  const redrawPhone = () => void drawPhone().catch((error) => toast(error.message, true));
  const views = {
    staff: () => staffPhone(id, redrawPhone),
    groups: () => groupPhone(id, redrawPhone),
    customers: () => customerPhone(id, redrawPhone, (chatId) => choose("groups", chatId)),
  };
  const parts = await views[shown.kind]();
  await released();
  show(place("phone"), ...parts);
}

function corpCard(corp, corps) {
  if (!corp) return ["还没有企业"];
  const { staff, groups, customers } = corp.counts;
  const note = `${staff} 员工 · ${groups} 群 · ${customers} 客户`;
  if (corps.length === 1) return [`${corp.name} · ${note}`];
  const change = (event) => {
    chosen.corp = event.target.value;
    shown.ids = { staff: null, groups: null, customers: null };
    event.target.blur();
    void redraw();
  };
  const options = corps.map(({ corpId, name }) =>
    h("option", { value: corpId, selected: corpId === corp.corpId }, `${name} ${corpId}`),
  );
  return [h("select", { id: "corps", "aria-label": "企业", onchange: change }, ...options), ` ${note}`];
}

async function drawBar() {
  const [{ corps }, { now, offsetMs }] = await Promise.all([get("/emulator/corps"), get("/emulator/clock")]);
  const corp = corps.find(({ corpId }) => corpId === chosen.corp) ?? corps[0];
  place("clock").textContent = `${wholeTime(now)}${offsetMs === 0 ? "" : "（已拨快）"}`;
  if (!isTyping("corp")) show(place("corp"), ...corpCard(corp, corps));
}

/** Whoever types is not disturbed; what changed is shown when they are done. */
const isTyping = (id) => {
  const { activeElement: at } = document;
  return place(id).contains(at) && ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName) && at.type !== "checkbox";
};

/** A button that is replaced between press and release loses its click: what is new waits for the finger. */
let isPressed = false;
let onRelease = [];
const released = () => (isPressed ? new Promise((resolve) => onRelease.push(resolve)) : null);
const release = () =>
  setTimeout(() => {
    isPressed = false;
    for (const resolve of onRelease) resolve();
    onRelease = [];
  });
document.addEventListener("pointerdown", () => {
  isPressed = true;
});
for (const end of ["pointerup", "pointercancel", "dragend"]) document.addEventListener(end, release);

async function drawPanel() {
  const parts = await panelView();
  await released();
  if (!isTyping("panel")) show(place("panel"), ...parts);
}

let drawing = null;
let again = false;
function redraw() {
  if (drawing) {
    again = true;
    return drawing;
  }
  drawing = Promise.all([
    drawBar(),
    // The first of the list is chosen when nobody is.
    drawList().then(() => (isTyping("phone") ? null : drawPhone())),
    isTyping("panel") ? null : drawPanel(),
  ])
    .catch((error) => toast(error.message, true))
    .finally(() => {
      drawing = null;
      if (!again) return;
      again = false;
      void redraw();
    });
  return drawing;
}

place("kinds").addEventListener("click", ({ target }) => {
  const { kind } = target.dataset;
  if (!kind) return;
  shown.kind = kind;
  void redraw();
});
place("search").addEventListener("input", ({ target }) => {
  shown.q = target.value;
  void drawList();
});
place("parts").addEventListener("click", ({ target }) => {
  if (target.dataset.part) place("desk").dataset.part = target.dataset.part;
});
document.addEventListener("click", ({ target }) => {
  const ms = target.dataset?.advance;
  if (ms) void act("POST", "/emulator/clock", { advanceMs: Number(ms) }, "时间已拨快");
});
document.addEventListener("focusout", () => setTimeout(redraw, 100));
window.addEventListener("hashchange", () => {
  readAddress();
  void redraw();
});
setInterval(() => void drawBar().catch(() => {}), 5_000);

readAddress();
if (isScanning) {
  shown.kind = "customers";
  toast("选一位客户来扫这个码");
}
const stream = new EventSource("/emulator/stream");
stream.addEventListener("message", () => void redraw());
stream.addEventListener("error", () => toast("模拟器没有回应，正在重连", true));
