import path from "node:path";
import { AUDIENCES, GRANTS } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import { maySee } from "./access.ts";

/** Who may do what, as a page: every command by every role, and every view. Made from the registry and from access.ts, so it can't be wrong. */

export const ROLES_FILE = path.resolve(import.meta.dirname, "../../docs/roles.md");

const columns = GRANTS.filter((grant) => grant !== "system");
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const mark = (held: boolean) => (held ? "●" : "");

export function renderRoles(): string {
  const views = AUDIENCES.map((audience) =>
    row([audience, ...columns.map((grant) => mark(maySee([grant], audience)))]),
  );
  const commands = [...engine.commands.values()]
    .toSorted((a, b) => (a.type < b.type ? -1 : 1))
    .map(({ type, by, risk }) =>
      row([`\`${type}\``, risk, ...columns.map((grant) => mark(by.includes(grant))), by.includes("system") ? "●" : ""]),
    );
  const ruler = (count: number) => row(Array.from({ length: count }, () => "---"));
  return `# Who may see and do what

Generated from the registry (\`domain/ops/\`) and \`server/http/access.ts\`: \`node server/cli/roles.ts\`. Roles are held per room as sets; an owner is owner in every
room. \`program\`: an API token. \`screen\`: the link of a host screen. \`share\`: a link by which somebody without a sign-in reads one
show (one that shares the report alone is shown only what the report prints). \`viewer\`: a viewer's token. \`forward\`: the link of a 员工转发, whose page
ticks on that one list alone. \`system\`: the writer itself, never from outside.

The log (\`/events\`), people, tokens and the list of claims with its codes: owner and manager. Lists of orders, winners and wrong prices: operator too. Links of
host screens: owner, manager, operator, floor. Links that share a report or a review: owner, manager, operator.
Groups, codes and people of WeCom: \`docs/wecom-people.md\`, decided in \`server/http/wecom-rights.ts\`.

\`crew\` is what those who deliver no prizes are shown where they ask for \`control\`: winners are masked. Prizes are delivered by whoever may send
\`lottery.recordWinners\`.

## Views
${row(["audience", ...columns])}
${ruler(columns.length + 1)}
${views.join("\n")}

## Commands
${row(["command", "risk", ...columns, "system"])}
${ruler(columns.length + 3)}
${commands.join("\n")}
`;
}

/** Commands that nobody could send are mistakes. */
export function unreachableCommands(): string[] {
  return [...engine.commands.values()].flatMap(({ type, by }) => (by.length > 0 ? [] : [type]));
}
