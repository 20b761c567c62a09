import { expect, test } from "vitest";
import { beatIn, cellIn, templateWords } from "./template-words.ts";
import { WAVE_TEMPLATES } from "./templates.ts";

const beats = Object.values(WAVE_TEMPLATES).flat();

test("[WAV11] words of the templates are read in the reader's language, there and back; the copy for customers and the team's own words stay", () => {
  for (const beat of beats) {
    const english = beatIn(beat, "en");
    expect(`${english.title}${english.goal}`).not.toMatch(/\p{Script=Han}/u);
    expect(beatIn(english, "zh")).toEqual(beat);
    for (const { segment = "", ...rest } of beat.cells) {
      const cell = { ...rest, segment };
      const read = cellIn(cell, "en");
      expect(`${read.title}${read.segment}`).not.toMatch(/\p{Script=Han}/u);
      expect(read.copy).toBe(cell.copy);
      expect(cellIn(read, "zh")).toEqual(cell);
    }
  }
  expect(templateWords("我们自己的波", "en")).toBe("我们自己的波");
});
