import { createMemoryEventStore } from "#db/memory-event-store.ts";
import { registerEventStoreContract } from "./event-store.ts";

registerEventStoreContract("memory", async () => {
  const store = createMemoryEventStore();
  return Promise.resolve({ store, close: () => store.close() });
});
