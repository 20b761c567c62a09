import { toast } from "./dom.js";

/** The corp that is shown; the control API takes the first one when none is named. */
export const chosen = { corp: null };

function address(path, query = {}) {
  const url = new URL(path, location.origin);
  if (chosen.corp) url.searchParams.set("corp", chosen.corp);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

async function answerOf(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? response.statusText);
  return body;
}

export async function get(path, query) {
  return answerOf(await fetch(address(path, query)));
}

/** Does something and says so, or says why not. */
export async function act(method, path, body = {}, done = "") {
  try {
    const answer = await answerOf(
      await fetch(address(path), {
        method,
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    );
    if (done) toast(typeof done === "function" ? done(answer) : done);
    return answer;
  } catch (error) {
    toast(`没有成功：${error.message}`, true);
    return null;
  }
}

/** A link as it opens on somebody's phone: whoever asks who is there meets that person. */
export function openAs(id, url) {
  const query = new URLSearchParams({ as: id, to: url });
  if (chosen.corp) query.set("corp", chosen.corp);
  window.open(`/open?${query}`, "_blank", "noopener");
}
