import { execFile } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";
import { nodeBinary } from "#tests/support/server.ts";

const project = path.resolve(import.meta.dirname, "../..");
const commands = [
  "server/cli/import.ts",
  "server/cli/password.ts",
  "server/cli/rebuild-tables.ts",
  "server/cli/rehearse.ts",
  "server/cli/tokens.ts",
  "server/cli/verify-draw.ts",
  "server/cli/wechat-emulator.ts",
  "server/cli/wecom-emulator.ts",
  "scripts/migrate.ts",
  "tests/bench/run.ts",
];

function run(file: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  // A port where nobody listens.
  const env = { NODE_ENV: "production" as const, PATH: String(process.env["PATH"]), PORT: "1" };
  return new Promise((resolve) => {
    execFile(nodeBinary, [path.join(project, file), ...args], { env, cwd: project }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

it.each(commands)("%s says how it is used, and takes nothing that it does not know", async (file) => {
  const [helped, ...wrongly] = await Promise.all(["--help", "--nope", "extra"].map((given) => run(file, given)));
  expect(helped).toMatchObject({ code: 0, err: "" });
  expect(helped?.out).toContain("npm run ");
  for (const { code, out, err } of wrongly) {
    expect(code).toBe(2);
    expect(out + err).toMatch(/Un(known option '--nope'|expected argument 'extra')/);
    expect(out + err).toContain("npm run ");
    expect(out + err, "a stack helps nobody here").not.toMatch(/\n\s+at /);
  }
});

it("tells a mistake in the asking from something that is not to be had", async () => {
  expect(await run("server/cli/tokens.ts", "--session", "s_1", "--viewers", "x")).toMatchObject({ code: 2 });
  const nobody = await run("server/cli/import.ts", "--session", "s_1", "--orders", "package.json");
  expect(nobody.code).toBe(1);
  expect(nobody.err).toMatch(/^\n {2}no Kaibo answers at .* start it first \(npm start\)[^\n]*\n$/);
});
