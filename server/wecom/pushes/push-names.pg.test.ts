import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { persons } from "#db/schema/people.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { pushWorld, SHOW, until, type PushWorld } from "#tests/support/push-world.ts";
import { SYSTEM, type Sender } from "../../live/directory-contract.ts";

let place: TestDatabase;
let database: DatabaseClient;
let world: PushWorld;

const skip = (ms: number) => vi.setSystemTime(Date.now() + ms);

beforeAll(async () => {
  place = await testDatabase();
  database = openDatabase({ url: place.url, name: "test", connectionsMax: 4 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 20, 10, 0, 0) });
  world = await pushWorld({ db: database.db, skip });
});
afterAll(async () => {
  await world.close();
  vi.useRealTimers();
  await database.close();
  await place.drop();
});

const viewer = (personId: string): Sender => ({ id: `person:${personId}`, grants: ["viewer"] });

async function signUp(personId: string, inviterCode?: string): Promise<string> {
  const touch = inviterCode === undefined ? null : { inviterCode, at: Date.now() };
  const facts = { touch, newTo: { show: true, room: true, company: true }, suspicions: [] };
  const answer = await world.send("signup.signUp", { facts }, viewer(personId));
  return String(Object(answer.status === "ok" ? answer.result : {}).code);
}

test("[PSH28] WeCom gets masked names of the board's first, the log their ids alone", async () => {
  const createdAt = Date.now();
  await database.db.insert(persons).values([
    { id: "v_0000000000000001", name: "小明同学", createdAt },
    { id: "v_0000000000000002", name: null, createdAt },
  ]);
  const first = await signUp("v_0000000000000001");
  const second = await signUp("v_0000000000000002");
  for (const friend of ["v_a", "v_b"]) await signUp(friend, first);
  await signUp("v_c", second);
  skip(1_000);
  await world.send("leaderboard.tell", {}, SYSTEM);
  await world.send("leaderboard.publish", {});
  const runner = world.run();
  const goOn = () => {
    skip(200);
    runner.stored(SHOW, ["push.touched"]);
  };
  const pushId = await world.plan({ copy: { text: "{{signups}} 人登记,前二:{{top3}}" } });
  goOn();
  await until(async () => (await world.push(pushId)).quota?.is === "reserved", "reserved", goOn);
  await world.handOver(pushId);
  const corp = world.emulator.control.corp(world.emulator.control.corpIds()[0] ?? "");
  await until(() => Promise.resolve((corp?.tasks.size ?? 0) > 0), "handed over", goOn);
  const texts = [...(corp?.contents.values() ?? [])].map(({ text }) => text ?? "");
  expect(texts[0]).toContain("5 人登记,前二:小**学、一位朋友");
  const { filled } = await world.push(pushId);
  expect(filled?.text).toBe("5 人登记,前二:{{@v_0000000000000001}}、{{@v_0000000000000002}}");
});
