import { act, get, openAs } from "./api.js";
import { h, initials } from "./dom.js";
import { posts } from "./message-view.js";

/** Who acts in which group. */
const actors = new Map();

function whoActs({ chatId, customers, actor, redraw }) {
  const change = (event) => {
    actors.set(chatId, event.target.value);
    redraw();
  };
  const leave = (removed, said) => act("POST", `/emulator/groups/${chatId}/leave`, { id: actor.id, removed }, said);
  return h(
    "div",
    { class: "line" },
    h("span", {}, "以"),
    h(
      "select",
      { "aria-label": "以谁的身份", onchange: change },
      ...customers.slice(0, 500).map(({ id, name }) => h("option", { value: id, selected: id === actor.id }, name)),
    ),
    h("button", { type: "button", onclick: () => leave(false, `${actor.name} 退群`) }, "退群"),
    h("button", { type: "button", onclick: () => leave(true, `${actor.name} 被移出`) }, "移出"),
  );
}

function sayLine({ chatId, owner, actor }) {
  const say = h("input", { id: "say", placeholder: "在群里说一句", "aria-label": "在群里说一句", disabled: !actor });
  const said = (event) => {
    event.preventDefault();
    if (!say.value || !actor) return;
    void act("POST", `/emulator/customers/${actor.id}/say`, { chatId, text: say.value });
    say.value = "";
    say.blur();
  };
  const invite = async () => {
    const name = `示例新客户${Math.floor(Math.random() * 9000) + 1000}`;
    const fresh = await act("POST", "/emulator/customers", { name });
    if (!fresh) return;
    const joining = { ids: [fresh.id], scene: 1, invitor: owner };
    await act("POST", `/emulator/groups/${chatId}/join`, joining, "群主拉了一位新客户进群");
  };
  return h(
    "form",
    { class: "line", onsubmit: said },
    say,
    h("button", { type: "submit", disabled: !actor }, "发送"),
    h("button", { type: "button", onclick: invite }, "拉新人"),
  );
}

export async function groupPhone(chatId, redraw) {
  const group = await get(`/emulator/groups/${encodeURIComponent(chatId)}`);
  const customers = group.members.filter(({ type }) => type === 2);
  const actor = customers.find(({ id }) => id === actors.get(chatId)) ?? customers[0];
  const onLink = async (url) => {
    if (!actor) return;
    openAs(actor.id, url);
    await act("POST", `/emulator/customers/${actor.id}/tap`, { chatId, url }, `${actor.name} 点了链接`);
  };
  const note = `群主 ${group.ownerName} · 群发已用 ${group.quota.used}/${group.quota.max}`;
  const empty = "群里还没有消息。员工确认群发之后，消息会出现在这里。";
  return [
    h(
      "header",
      { class: "top" },
      initials(group.name),
      h("div", {}, h("strong", {}, `${group.name}（${group.size}）`), h("small", {}, note)),
    ),
    h(
      "div",
      { class: "body chat", "data-scroll": `group-${chatId}`, "data-end": true },
      group.notice ? h("p", { class: "notice" }, `群公告：${group.notice}`) : null,
      posts(group.posts, { own: actor?.id, onLink, empty }),
    ),
    h(
      "footer",
      { class: "foot" },
      actor ? whoActs({ chatId, customers, actor, redraw }) : h("p", { class: "quiet" }, "群里还没有客户。"),
      sayLine({ chatId, owner: group.owner, actor }),
    ),
  ];
}
