import { expect, test } from "vitest";
import { idOf, warming } from "#tests/support/warmups.ts";
import { METHOD_CATALOGUE } from "./catalogue.ts";
import { methodIn } from "./in-language.ts";

test("[MTH1] methods of the catalogue are listed in the words that their reader sees, in either language", () => {
  for (const { kind, en } of METHOD_CATALOGUE) {
    const played = warming().when("method.add", { kind }).ok();
    const chinese = played.row("control", "methods", idOf(played, "method.added.v1", "methodId"));
    played.when("method.add", { kind, ...en }).ok();
    const english = played.row("control", "methods", idOf(played, "method.added.v1", "methodId"));
    expect(english).toMatchObject({ ...en, kind, steps: Object(chinese).steps, carrier: Object(chinese).carrier });
    for (const text of Object.values(en)) expect(text.replace("(任务宝)", "")).not.toMatch(/\p{Script=Han}/u);
    expect(Object(chinese).title).toMatch(/\p{Script=Han}/u);
  }
});

test("[MTH5] the catalogue's own words are read in the reader's language, whoever listed the method; what the team wrote stays", () => {
  for (const { kind, en, ...zh } of METHOD_CATALOGUE) {
    const row = { kind, title: zh.title, motive: zh.motive, ability: en.ability, trigger: "我们自己写的" };
    expect(methodIn(row, "en")).toEqual({ ...row, ...en, trigger: row.trigger });
    const { title, motive, ability } = zh;
    expect(methodIn(row, "zh")).toEqual({ ...row, title, motive, ability });
    expect(methodIn({ ...row, kind: "other" }, "en")).toEqual({ ...row, kind: "other" });
  }
});
