import { expect, test } from "vitest";
import { looksLikeQuestion, wordsIn } from "../comment-words.ts";
import { sliceOf } from "../slice-of.ts";
import { expectLeanViewsEqual, expectRebuilt, show } from "#tests/support/given.ts";
import { commentsNamePersons, hasCommented } from "./comment.ts";

const program = { by: "program:comments" };
const own = (played: ReturnType<typeof show>) => sliceOf(played.state, "comment");
const said = (commentId: string, at: number, more: object = {}) => ({ commentId, at: at as never, ...more });

test("[COM1] a comment is noted once by its id, also within one command", () => {
  const played = show().live();
  const items = [said("1", played.now), said("1", played.now), said("2", played.now)];
  played.when("comment.noteMany", { items }, program).ok();
  played.when("comment.note", said("2", played.now), program).then();
  expect(played.slice("control", "comments")).toHaveLength(2);
  expect(played.view("host").slices["comments"]).toBeUndefined();
  expect(played.view("viewer").slices["comments"]).toBeUndefined();
});

test("[COM2] keywords are counted from when they are set; only listed ones", () => {
  const played = show().live();
  played.when("comment.note", said("1", played.now, { keywords: ["尺码", "起球"] }), program).ok();
  played.when("comment.setKeywords", { keywords: ["尺码", "起球"] }).ok();
  played.when("comment.note", said("2", played.now, { keywords: ["尺码", "起球", "起球"] }), program).ok();
  expect(played.slice("host", "keywords")).toEqual([
    { word: "尺码", count: 2, since: null },
    { word: "起球", count: 1, since: played.now },
  ]);
  played.when("tape.undo", { seq: played.seqOf("comment.keywordsSet.v1") }).ok();
  expect(played.slice("host", "keywords")).toMatchObject([{ word: "尺码", count: 2 }, {}, {}]);
});

test("[COM3] hiding keeps the comment and says who hid it; it can be shown again", () => {
  const played = show().live();
  played.when("comment.hide", { commentId: "1" }).rejected("comment.notFound");
  played.when("comment.note", said("1", played.now), program).ok();
  played.when("comment.hide", { commentId: "1" }).ok();
  expect(played.row("control", "hiddenComments", "1")).toMatchObject({ by: "staff:ann" });
  played.when("tape.undo", { seq: played.seqOf("comment.hidden.v1") }).ok();
  expect(played.row("control", "hiddenComments", "1")).toBeUndefined();
});

test("[COM4] a source's sign of life is written once a minute", () => {
  const played = show().live();
  played.when("comment.sourceSeen", { namesPersons: false }, program).then({ type: "comment.sourceSeen.v1" });
  played.pass(59_000).when("comment.sourceSeen", { namesPersons: false }, program).then();
  played
    .pass(1_000)
    .when("comment.sourceSeen", { namesPersons: false }, program)
    .then({ type: "comment.sourceSeen.v1" });
});

test("[COM5] persons are known only while a source that names them is there", () => {
  const played = show().live();
  played.when("comment.note", said("1", played.now), program).ok();
  expect(commentsNamePersons(own(played), played.now)).toBe(false);
  played.when("comment.note", said("2", played.now, { personId: "anna" }), program).ok();
  expect(commentsNamePersons(own(played), played.now + 300_000)).toBe(true);
  expect(commentsNamePersons(own(played), played.now + 300_001)).toBe(false);
});

test("[COM6] who commented a phrase is known by person, from what was matched where it came in", () => {
  const played = show().live();
  played.when("comment.note", said("1", played.now, { personId: "anna", phrases: ["暖冬"] }), program).ok();
  expect(hasCommented(own(played), "anna", "暖冬")).toBe(true);
  expect(hasCommented(own(played), "bo", "暖冬")).toBe(false);
  expectRebuilt(played);
  expectLeanViewsEqual(played);
  expectLeanViewsEqual(played, 2);
});

test("[COM2] words are found whatever their width, case and spacing", () => {
  expect(wordsIn("求 Ｘ L 尺 码", ["尺码", "xl", "发货"])).toEqual(["尺码", "xl"]);
  expect(looksLikeQuestion("160 穿什么码")).toBe(true);
  expect(looksLikeQuestion("已拍")).toBe(false);
});

test("[TIM1] [TIM2] a comment told in seconds is malformed, one ahead of the show's clock is refused", () => {
  const played = show().live();
  played.when("comment.noteMany", { items: [said("1", played.now + 300_000)] }, program).ok();
  const items = [said("2", played.now), said("3", played.now + 300_001)];
  played.when("comment.noteMany", { items }, program).rejected("comment.timeAhead");
  played.send("comment.note", { commentId: "4", at: Math.floor(played.now / 1_000) }, program).invalid("input.at");
  expect(played.slice("control", "comments")).toHaveLength(1);
});
