import { act, get, openAs } from "./api.js";
import { h, initials, timeText, toast } from "./dom.js";
import { contentView, posts } from "./message-view.js";

const states = { 0: "未发送", 1: "已发送", 2: "已不是好友", 3: "已达上限" };

/** What was ticked and typed lives here, because the screen is drawn anew after every change. */
const ticks = new Map();
const view = { tab: "tasks", chatId: null };
const forwarding = { userid: null, groups: new Set(), title: "示例直播间正在开播", text: "" };

function ticked(msgid) {
  if (!ticks.has(msgid)) ticks.set(msgid, new Set());
  return ticks.get(msgid);
}

function target({ id, name, status }, { msgid, redraw, canTick }) {
  const set = ticked(msgid);
  const box = h("input", {
    type: "checkbox",
    checked: set.has(id),
    disabled: !canTick || status !== 0,
    onchange: (event) => {
      if (event.target.checked) set.add(id);
      else set.delete(id);
      redraw();
    },
  });
  return h("label", { class: "target" }, box, h("span", {}, name), h("em", { "data-status": status }, states[status]));
}

function taskCard(task, phone, redraw) {
  const { userid } = phone.staff;
  const path = `/emulator/staff/${userid}/tasks/${task.msgid}`;
  const { part } = task;
  const set = ticked(task.msgid);
  const said = (answer) =>
    `已发送 ${answer.sent}，达上限 ${answer.overCap}，非好友 ${answer.notFriends}，未发 ${answer.left}`;
  const left = part.targets.filter(({ status }) => status === 0).length;
  const picking = part.picksByHand && task.open;
  const rows = picking
    ? phone.groups
        .filter(({ chatId }) => !part.targets.some(({ id }) => id === chatId))
        .map(({ chatId, name }) => ({ id: chatId, name, status: 0 }))
    : [];
  const state = task.cancelledAt !== null ? "已取消" : part.ignored ? "已忽略" : task.open ? "待发送" : "已完成";
  return h(
    "article",
    { class: "task", "data-open": task.open },
    h(
      "header",
      {},
      h(
        "strong",
        {},
        task.agentId === null ? "我的群发" : `企业通知：群发给${task.chatType === "group" ? "客户群" : "客户"}`,
      ),
      h("em", {}, state),
    ),
    h(
      "small",
      {},
      `${timeText(task.madeAt)}${task.remindedAt.length > 0 ? ` · 管理员已提醒 ${task.remindedAt.length} 次` : ""}`,
    ),
    h("div", { class: "bubble" }, ...contentView(task.content, (url) => openAs(userid, url))),
    picking ? h("p", { class: "quiet" }, "没有指定群：请自己勾选要发的群") : null,
    h(
      "div",
      { class: "targets", "data-scroll": task.msgid },
      ...[...part.targets, ...rows].map((row) => target(row, { msgid: task.msgid, redraw, canTick: task.open })),
    ),
    part.total > part.targets.length ? h("small", {}, `共 ${part.total} 个，只列出前 ${part.targets.length} 个`) : null,
    task.open
      ? h(
          "div",
          { class: "keys" },
          h(
            "button",
            {
              type: "button",
              class: "main",
              disabled: left === 0,
              onclick: () => act("POST", `${path}/send`, {}, said),
            },
            `发送全部${left > 0 ? `（${left}）` : ""}`,
          ),
          h(
            "button",
            {
              type: "button",
              disabled: set.size === 0,
              onclick: () => act("POST", `${path}/send`, { targets: [...set] }, said).then(() => set.clear()),
            },
            `发送所选（${set.size}）`,
          ),
          h(
            "button",
            { type: "button", class: "plain", onclick: () => act("POST", `${path}/ignore`, {}, "已忽略") },
            "忽略",
          ),
        )
      : null,
  );
}

function momentCard({ jobId, madeAt, cancelled, postedAt, readers, content }, { userid }) {
  const isOpen = !cancelled && postedAt === null;
  const post = () => act("POST", `/emulator/staff/${userid}/moments/${jobId}/post`, {}, "已发表到客户朋友圈");
  return h(
    "article",
    { class: "task", "data-open": isOpen },
    h(
      "header",
      {},
      h("strong", {}, "企业通知：发表到客户朋友圈"),
      h("em", {}, cancelled ? "已取消" : isOpen ? "待发表" : "已发表"),
    ),
    h("small", {}, `${timeText(madeAt)} · ${readers} 位客户可见`),
    h("div", { class: "bubble" }, ...contentView(content, (url) => openAs(userid, url))),
    isOpen ? h("div", { class: "keys" }, h("button", { type: "button", class: "main", onclick: post }, "发表")) : null,
  );
}

function tasksView(phone, redraw) {
  if (phone.tasks.length + phone.moments.length === 0) {
    return h("p", { class: "empty" }, "还没有群发任务。应用创建群发后，会出现在这里等待确认。");
  }
  return h(
    "div",
    { class: "stack" },
    ...phone.tasks.map((task) => taskCard(task, phone, redraw)),
    ...phone.moments.map((moment) => momentCard(moment, phone.staff)),
  );
}

function chatsView(phone, redraw) {
  const chats = [
    ...phone.internalChats.map((chat) => ({ ...chat, id: chat.chatId })),
    ...phone.apps.map(({ agentId, name, posts: said }) => ({
      id: `app:${agentId}`,
      name: `${name}（应用消息）`,
      posts: said,
    })),
  ];
  const chat = chats.find(({ id }) => id === view.chatId) ?? chats[0];
  if (!chat) return h("p", { class: "empty" }, "还没有内部群。");
  const { userid } = phone.staff;
  const pick = h(
    "select",
    {
      "aria-label": "会话",
      onchange: (event) => {
        view.chatId = event.target.value;
        redraw();
      },
    },
    ...chats.map(({ id, name }) => h("option", { value: id, selected: id === chat.id }, name)),
  );
  return h(
    "div",
    { class: "stack" },
    pick,
    posts(chat.posts, {
      own: userid,
      onLink: (url) => openAs(userid, url),
      empty: "还没有消息。机器人和应用发来的会出现在这里。",
    }),
  );
}

function groupTicks(phone, redraw) {
  const { groups } = forwarding;
  const change = (chatId) => (event) => {
    if (event.target.checked) groups.add(chatId);
    else groups.delete(chatId);
    redraw();
  };
  const rows = phone.groups.map(({ chatId, name, size, quota }) =>
    h(
      "label",
      { class: "target" },
      h("input", { type: "checkbox", checked: groups.has(chatId), onchange: change(chatId) }),
      h("span", {}, name),
      h("em", {}, `${size} 人 · 群发 ${quota.used}/${quota.max}`),
    ),
  );
  return h("div", { class: "targets tall", "data-scroll": "forward" }, ...rows);
}

function forwardView(phone, redraw) {
  const { userid } = phone.staff;
  if (forwarding.userid !== userid) Object.assign(forwarding, { userid, groups: new Set() });
  const { groups } = forwarding;
  const typed = (name) => (event) => {
    forwarding[name] = event.target.value;
  };
  const done = (answer) => {
    if (answer) groups.clear();
    redraw();
  };
  const forward = (words) =>
    act("POST", `/emulator/staff/${userid}/forward`, { chatIds: [...groups], words }, "已发到所选的群").then(done);
  const live = () => forward({ attachments: [{ msgtype: "channels", channels: { title: forwarding.title } }] });
  const words = () => (forwarding.text ? forward({ text: forwarding.text }) : toast("先打一段话", true));
  const personally = () => {
    if (!forwarding.text) return toast("先打一段话", true);
    const said = ({ sent, overCap }) => `个人群发：发出 ${sent} 个群，${overCap} 个已达上限`;
    const body = { chatType: "group", targets: [...groups], words: { text: forwarding.text } };
    return act("POST", `/emulator/staff/${userid}/personal-send`, body, said).then(done);
  };
  const disabled = groups.size === 0;
  return h(
    "div",
    { class: "stack" },
    h("p", { class: "quiet" }, "手动转发不占群发次数，系统也不会收到通知；个人群发占次数。"),
    groupTicks(phone, redraw),
    h("input", { value: forwarding.title, "aria-label": "直播标题", oninput: typed("title") }),
    h(
      "div",
      { class: "keys" },
      h("button", { type: "button", class: "main", disabled, onclick: live }, "转发直播卡片"),
    ),
    h("textarea", { rows: 2, value: forwarding.text, placeholder: "或者打一段话", oninput: typed("text") }),
    h(
      "div",
      { class: "keys" },
      h("button", { type: "button", disabled, onclick: words }, "逐群发这段话"),
      h("button", { type: "button", disabled, onclick: personally }, "用个人群发"),
    ),
  );
}

export async function staffPhone(userid, redraw) {
  const phone = await get(`/emulator/staff/${encodeURIComponent(userid)}/phone`);
  const open = phone.tasks.filter((task) => task.open).length;
  const tab = (id, label) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        "aria-selected": String(view.tab === id),
        onclick: () => {
          view.tab = id;
          redraw();
        },
      },
      label,
    );
  const body =
    view.tab === "tasks"
      ? tasksView(phone, redraw)
      : view.tab === "chats"
        ? chatsView(phone, redraw)
        : forwardView(phone, redraw);
  return [
    h(
      "header",
      { class: "top" },
      initials(phone.staff.name),
      h(
        "div",
        {},
        h("strong", {}, phone.staff.name),
        h("small", {}, `${phone.staff.position} · ${userid}${phone.staff.oldClient ? " · 旧版客户端" : ""}`),
      ),
    ),
    h(
      "div",
      { class: "tabs", role: "tablist" },
      tab("tasks", `群发任务${open > 0 ? ` ${open}` : ""}`),
      tab("chats", "内部群与应用"),
      tab("forward", "转发到群"),
    ),
    h("div", { class: "body", "data-scroll": `staff-${userid}-${view.tab}` }, body),
  ];
}
