import { act, chosen, get } from "./api.js";
import { h, timeText, toast } from "./dom.js";

const open = new Set(["keys"]);
const drafts = {
  faultPath: "externalcontact/add_msg_template",
  faultKind: "cutAfter",
  faultTimes: "1",
  faultDelay: "0",
  errcode: "45009",
};

const faultKinds = {
  slow: "慢：已处理，答复迟到",
  stall: "慢：迟了才处理",
  http500: "HTTP 500",
  http502: "HTTP 502",
  half: "答复只有一半",
  cutAfter: "已处理，连接断开",
  cutBefore: "未处理，连接断开",
  malformed: "答复不是 JSON",
  extraFields: "答复多出字段",
  errcode: "返回错误码",
};

const choices = [
  ["quotaRule", "群发上限", { monthDays: "每月＝当月天数", weekly7: "每周 7 次", daily1: "每天 1 次" }],
  ["listWhileDispatching", "派发中的群发记录", { refuse: "返回 41063", omit: "不列出", show: "照常列出" }],
  ["robotWindow", "机器人每分钟 20 条", { sliding: "滑动窗口", fixed: "自然分钟" }],
  ["callbacks.form", "回调格式", { internal: "自建应用", suite: "第三方套件" }],
  ["callbacks.childOrder", "XML 子节点顺序", { documented: "按文档", shuffled: "打乱" }],
  ["callbacks.memChangeList", "变更成员列表", { items: "Item 列表", commaList: "逗号分隔", absent: "没有" }],
];
const numbers = [
  ["dispatchMs", "派发时间（毫秒）"],
  ["detailLagMs", "群详情滞后（毫秒）"],
  ["groupSizeMax", "群人数上限"],
  ["objectHoldMs", "并发占用（毫秒，45033）"],
  ["welcomeHoldMs", "欢迎语占用（毫秒，41096）"],
  ["callbacks.copies", "每个事件送达次数"],
  ["callbacks.disorderMs", "乱序（毫秒）"],
  ["callbacks.delayMs", "回调延迟（毫秒）"],
  ["callbacks.lossShare", "丢失比例（0–1）"],
];
const ticks = [
  ["blockAfterLimit", "超频后封禁到规则时间"],
  ["callbacks.on", "发送回调"],
  ["callbacks.emptyAgentId", "AgentID 为空"],
];

const valueOf = (switches, name) => name.split(".").reduce((value, part) => value[part], switches);
const changeOf = (name, value) => {
  const [outer, inner] = name.split(".");
  return inner ? { [outer]: { [inner]: value } } : { [outer]: value };
};
const setSwitch = (name, value) => act("PATCH", "/emulator/switches", changeOf(name, value), "已改");

function block(id, title, ...children) {
  return h(
    "details",
    {
      open: open.has(id),
      ontoggle: (event) => {
        if (event.target.open) open.add(id);
        else open.delete(id);
      },
    },
    h("summary", {}, title),
    ...children,
  );
}

function copied(label, text) {
  return h(
    "div",
    { class: "copied" },
    h("span", {}, label),
    h("code", {}, text),
    h(
      "button",
      {
        type: "button",
        onclick: () =>
          navigator.clipboard.writeText(text).then(
            () => toast("已复制"),
            () => toast("浏览器不让复制", true),
          ),
      },
      "复制",
    ),
  );
}

function keys(corp) {
  const [app] = corp.apps;
  return block(
    "keys",
    "连接信息",
    copied("接口地址", location.origin),
    copied("CorpID", corp.corpId),
    ...corp.apps.flatMap((one) => [
      copied("AgentID", String(one.agentId)),
      copied("Secret", one.secret),
      copied("Token", one.callbackToken),
      copied("AESKey", one.aesKey),
    ]),
    ...corp.robots.map(({ key, name }) => copied(name, `${location.origin}/cgi-bin/webhook/send?key=${key}`)),
    h(
      "form",
      {
        class: "stacked",
        onsubmit: (event) => {
          event.preventDefault();
          void saveCallback(app.agentId, new FormData(event.target).get("url"));
        },
      },
      h(
        "label",
        {},
        "回调 URL",
        h("input", {
          name: "url",
          id: "callback-url",
          value: app.callbackUrl ?? "",
          placeholder: "http://127.0.0.1:3000/hooks/wecom/…",
        }),
      ),
      h("button", { type: "submit" }, "保存并验证"),
    ),
  );
}

function codesView({ joinWays, contactWays }) {
  const rows = [
    ...joinWays.map((way) => ({ ...way, kind: "join", label: `群活码 ${way.remark || way.state}` })),
    ...contactWays.map((way) => ({ ...way, kind: "contact", label: `联系我 ${way.remark || way.state}` })),
  ];
  const line = ({ configId, kind, label }) => {
    const address = `/qr/${kind}/${configId}`;
    const copy = () =>
      navigator.clipboard.writeText(`${kind}/${configId}`).then(() => toast("已复制，可在客户手机上扫"));
    return h(
      "div",
      { class: "copied" },
      h("a", { class: "link", href: address, target: "_blank", rel: "noopener" }, label),
      h("code", {}, configId),
      h("button", { type: "button", onclick: copy }, "复制"),
    );
  };
  const empty = h("p", { class: "quiet" }, "应用还没有建过二维码。");
  return block("codes", `二维码（${rows.length}）`, ...(rows.length > 0 ? rows.slice(-50).map(line) : [empty]));
}

async function saveCallback(agentId, url) {
  const saved = await act("PATCH", `/emulator/apps/${agentId}`, { callbackUrl: url || null });
  if (!saved || !url) return;
  const { ok, reason } = (await act("POST", `/emulator/apps/${agentId}/verify-callback`)) ?? {};
  toast(ok ? "已保存，URL 验证通过" : `已保存，但 URL 验证没有通过：${reason}`, !ok);
}

function switchesView(switches) {
  return block(
    "switches",
    "开关",
    ...choices.map(([name, label, options]) =>
      h(
        "label",
        {},
        label,
        h(
          "select",
          { onchange: (event) => setSwitch(name, event.target.value) },
          ...Object.entries(options).map(([value, text]) =>
            h("option", { value, selected: valueOf(switches, name) === value }, text),
          ),
        ),
      ),
    ),
    ...numbers.map(([name, label]) =>
      h(
        "label",
        {},
        label,
        h("input", {
          id: `switch-${name}`,
          type: "number",
          step: "any",
          value: String(valueOf(switches, name)),
          onchange: (event) => setSwitch(name, Number(event.target.value)),
        }),
      ),
    ),
    ...ticks.map(([name, label]) =>
      h(
        "label",
        { class: "tick" },
        h("input", {
          type: "checkbox",
          checked: valueOf(switches, name),
          onchange: (event) => setSwitch(name, event.target.checked),
        }),
        label,
      ),
    ),
    h(
      "button",
      {
        type: "button",
        onclick: () => act("POST", "/emulator/tokens/revoke", {}, ({ revoked }) => `已作废 ${revoked} 个 access_token`),
      },
      "作废所有 access_token",
    ),
  );
}

function faultsView(faults) {
  const field = (name, label, props) =>
    h(
      "label",
      {},
      label,
      h("input", {
        ...props,
        id: `fault-${name}`,
        value: drafts[name],
        oninput: (event) => {
          drafts[name] = event.target.value;
        },
      }),
    );
  const add = (event) => {
    event.preventDefault();
    const { faultPath: path, faultKind: kind, faultTimes, faultDelay, errcode } = drafts;
    void act(
      "POST",
      "/emulator/faults",
      { path, kind, times: Number(faultTimes), delayMs: Number(faultDelay), errcode: Number(errcode) },
      "已安排",
    );
  };
  return block(
    "faults",
    `故障${faults.length > 0 ? `（${faults.length}）` : ""}`,
    ...faults.map(({ id, path, kind, left }) =>
      h(
        "div",
        { class: "copied" },
        h("span", {}, faultKinds[kind]),
        h("code", {}, `${path} ×${left}`),
        h("button", { type: "button", onclick: () => act("DELETE", "/emulator/faults", { id }, "已撤下") }, "撤下"),
      ),
    ),
    h(
      "form",
      { class: "stacked", onsubmit: add },
      field("faultPath", "接口路径（部分即可，* 为任意）", {}),
      h(
        "label",
        {},
        "种类",
        h(
          "select",
          {
            onchange: (event) => {
              drafts.faultKind = event.target.value;
            },
          },
          ...Object.entries(faultKinds).map(([value, text]) =>
            h("option", { value, selected: drafts.faultKind === value }, text),
          ),
        ),
      ),
      field("faultTimes", "次数", { type: "number", min: "1" }),
      field("faultDelay", "延迟（毫秒）", { type: "number", min: "0" }),
      field("errcode", "错误码", { type: "number" }),
      h("button", { type: "submit" }, "安排故障"),
    ),
  );
}

const outcomes = { waiting: "等待", accepted: "已接收", givenUp: "放弃", lost: "丢失" };

export async function panelView() {
  const [{ corps }, switches, { faults }, { deliveries }, { calls }, codes] = await Promise.all([
    get("/emulator/corps"),
    get("/emulator/switches"),
    get("/emulator/faults"),
    get("/emulator/deliveries", { limit: 20 }),
    get("/emulator/calls", { limit: 30 }),
    get("/emulator/codes"),
  ]);
  const corp = corps.find(({ corpId }) => corpId === chosen.corp) ?? corps[0];
  return [
    corp ? keys(corp) : h("p", { class: "empty" }, "还没有企业。"),
    switchesView(switches),
    faultsView(faults),
    codesView(codes),
    block(
      "deliveries",
      `回调（最近 ${deliveries.length}）`,
      ...deliveries.map((one) =>
        h(
          "div",
          { class: "logged" },
          h("span", {}, `${one.event.replace("change_external_", "")} · ${one.changeType}`),
          h(
            "em",
            { "data-outcome": one.outcome },
            `${outcomes[one.outcome]}${one.tries.length > 1 ? ` · ${one.tries.length} 次` : ""}`,
          ),
          h(
            "button",
            { type: "button", onclick: () => act("POST", `/emulator/deliveries/${one.id}/repeat`, {}, "再送一次") },
            "重送",
          ),
        ),
      ),
      deliveries.length === 0
        ? h("p", { class: "quiet" }, "还没有事件。接口写入不会触发回调，手机上的动作才会。")
        : null,
    ),
    block(
      "calls",
      `接口调用（最近 ${calls.length}）`,
      ...calls.map((one) =>
        h(
          "div",
          { class: "logged" },
          h("span", {}, one.path.replace("/cgi-bin/", "")),
          h(
            "em",
            { "data-outcome": one.errcode === 0 ? "accepted" : "givenUp" },
            one.fault ? `${one.fault} ${one.errcode ?? ""}` : String(one.errcode ?? "–"),
          ),
          h("small", {}, timeText(one.at)),
        ),
      ),
    ),
  ];
}
