/** Elements without a library: h("button", {class: "x", onclick}, "text", child). Text is always text, never markup. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "checked" || name === "disabled" || name === "value") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat())
    if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/** Shows anew what is in a place and keeps where it was scrolled to; at the end stays at the end. */
export function show(place, ...children) {
  const scrollers = [...place.querySelectorAll("[data-scroll]")].map((element) => ({
    key: element.dataset.scroll,
    top: element.scrollTop,
    atEnd: element.scrollHeight - element.scrollTop - element.clientHeight < 40,
  }));
  const placeTop = place.scrollTop;
  place.replaceChildren(...children.flat().filter(Boolean));
  place.scrollTop = placeTop;
  for (const element of place.querySelectorAll("[data-scroll]")) {
    const before = scrollers.find(({ key }) => key === element.dataset.scroll);
    element.scrollTop =
      before && !before.atEnd
        ? before.top
        : element.dataset.end === undefined
          ? (before?.top ?? 0)
          : element.scrollHeight;
  }
}

/** Two letters that tell faces apart: the purpose of a group, the number of a person. */
export function initials(name) {
  const short = name.includes("群") ? name.replace("示例", "").slice(0, 2) : name.slice(-2);
  return h("i", { class: "face", "aria-hidden": "true" }, short);
}

let hiding = null;
export function toast(text, isWrong = false) {
  const place = document.getElementById("toast");
  place.textContent = text;
  place.className = isWrong ? "shown wrong" : "shown";
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    place.className = "";
  }, 3500);
}

const clockForm = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });
const dayForm = new Intl.DateTimeFormat("zh-CN", { month: "numeric", day: "numeric", timeZone: "Asia/Shanghai" });
const wholeForm = new Intl.DateTimeFormat("zh-CN", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "Asia/Shanghai",
});

export const timeText = (at) => `${dayForm.format(at)} ${clockForm.format(at)}`;
export const wholeTime = (at) => wholeForm.format(at);
