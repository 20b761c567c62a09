import { openEventStore } from "#db/event-store.ts";
import { testDatabase } from "#tests/support/pg.ts";
import { registerEventStoreContract } from "./event-store.ts";

registerEventStoreContract("PostgreSQL", async () => {
  const database = await testDatabase();
  const store = openEventStore({ url: database.url, name: "contract" });
  return {
    store,
    close: async () => {
      await store.close();
      await database.drop();
    },
  };
});
