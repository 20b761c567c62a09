import { z } from "zod";

/** The description of the API as a page to read: no script, nothing from elsewhere. */

const Operation = z.object({
  tags: z.array(z.string()).optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  parameters: z
    .array(
      z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: z.unknown().optional() }),
    )
    .optional(),
  requestBody: z.unknown().optional(),
  responses: z.record(z.string(), z.unknown()).optional(),
});
const Description = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  "x-commands": z.array(
    z.object({
      type: z.string(),
      by: z.array(z.string()),
      risk: z.string(),
      input: z.unknown(),
      expect: z.unknown().optional(),
    }),
  ),
});
type Operation = z.infer<typeof Operation>;

export function renderApiPage(description: object): string {
  const { info, paths, "x-commands": commands } = Description.parse(description);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? "other"))];
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => (operation.tags?.[0] ?? "other") === tag);
    return `<h2 id="${escape(tag)}">${escape(tag)}</h2>${own.map((one) => renderOperation(one.method, one.path, one.operation)).join("")}`;
  });
  const acts = commands.map(
    ({ type, by, risk, input, expect }) =>
      `<details><summary><b>${escape(type)}</b> <i>${escape(risk)}</i></summary><p>${escape(by.join(", "))}</p>${json("input", input)}${expect === undefined ? "" : json("expect", expect)}</details>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(info.title)} API</title><style>${style}</style>
<h1>${escape(info.title)} API</h1><p>${escape(info.description)}</p>
<p><a href="openapi.json">openapi.json</a> · ${tags.map((tag) => `<a href="#${escape(tag)}">${escape(tag)}</a>`).join(" · ")} · <a href="#commands">commands</a></p>
${sections.join("\n")}
<h2 id="commands">Commands</h2><p>Sent as <code>{id, type, input, expect?}</code> to <code>POST /api/v1/sessions/{id}/commands</code>.</p>
${acts.join("\n")}</html>`;
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const { summary = "", description = "", parameters = [], requestBody, responses = {} } = operation;
  const params = parameters.map(
    (parameter) =>
      `<li><code>${escape(parameter.name)}</code> ${escape(parameter.in)}${parameter.required ? "" : ", optional"} <small>${escape(JSON.stringify(parameter.schema ?? {}))}</small></li>`,
  );
  return `<details><summary><b>${method}</b> <code>${escape(path)}</code> ${escape(summary)}</summary>
<p>${escape(description)}</p>${params.length > 0 ? `<ul>${params.join("")}</ul>` : ""}
${requestBody === undefined ? "" : json("body", requestBody)}${Object.entries(responses)
    .map(([status, body]) => json(status, body))
    .join("")}</details>`;
}

const json = (title: string, value: unknown) =>
  `<details><summary>${escape(title)}</summary><pre>${escape(JSON.stringify(value, null, 1))}</pre></details>`;

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const style = `body{font:15px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;background:#14161a;color:#d8dce2}
a{color:#7fb8d8}code,pre{font-family:ui-monospace,monospace;font-size:13px}pre{overflow:auto;background:#0d0f12;padding:.6rem;border-radius:6px}
details{border-left:2px solid #2b3038;padding:.2rem 0 .2rem .8rem;margin:.2rem 0}summary{cursor:pointer}small,i{color:#9aa3ae}h2{margin-top:2rem}`;
