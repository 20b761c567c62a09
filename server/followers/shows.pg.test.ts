import { expect, test } from "vitest";
import { putShowRow, showRow } from "#db/queries/show-row.ts";
import { followedDatabase } from "#tests/support/followed.ts";
import { show } from "#tests/support/given.ts";

const followed = followedDatabase();

test("the list follows the log, whoever changed the show and whatever became of their node", async () => {
  const follower = followed.follower();
  const played = show().live();
  await followed.store("listed", played.log);
  await follower.catchUp();
  const live = await showRow(followed.db, "listed");
  expect(live).toMatchObject({ phase: "live", seq: played.log.length });
  played.when("session.end", {}).ok();
  await followed.store("listed", played.log);
  await follower.catchUp();
  const ended = await showRow(followed.db, "listed");
  expect(ended).toMatchObject({ phase: "ended", createdAt: live?.createdAt });
  if (ended) await putShowRow(followed.db, { ...ended, title: "later", seq: ended.seq + 1 });
  await follower.rebuild("listed");
  expect(await showRow(followed.db, "listed")).toMatchObject({ title: "later" });
});
