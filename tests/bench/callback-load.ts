import autocannon from "autocannon";

/** Sends deliveries from a process of its own over keep-alive connections. Message in: a `CallbackOrder`; out: a `CallbackResult`. */

export type CallbackOrder = {
  readonly port: number;
  readonly connections: number;
  /** Requests a second; null: as fast as answers come. */
  readonly rate: number | null;
  /** Shared out evenly; a multiple of `connections`. */
  readonly requests: readonly { readonly path: string; readonly body: string }[];
};
export type CallbackResult = {
  /** How many answers had which status; whoever got none is missing here. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly tookMs: readonly number[];
  readonly wallMs: number;
};

process.on("message", (order: CallbackOrder) => {
  void run(order).then((result) => process.send?.(result));
});
process.once("disconnect", () => process.exit(0));

async function run({ port, connections, rate, requests }: CallbackOrder): Promise<CallbackResult> {
  const share = requests.length / connections;
  const statuses: Record<string, number> = {};
  const tookMs: number[] = [];
  let clients = 0;
  let startedAt = 0;
  let endedAt = 0;
  await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections,
    amount: requests.length,
    ...(rate === null ? {} : { overallRate: rate, ignoreCoordinatedOmission: true }),
    setupClient: (client) => {
      const first = share * clients++;
      client.setRequests(
        requests.slice(first, first + share).map(({ path, body }) => ({
          method: "POST" as const,
          path,
          headers: { "content-type": "text/xml" },
          body,
        })),
      );
      if (clients === connections) startedAt = performance.now();
      client.on("response", (status, _bytes, ms) => {
        statuses[status] = (statuses[status] ?? 0) + 1;
        tookMs.push(ms);
        endedAt = performance.now();
      });
    },
  });
  return { statuses, tookMs, wallMs: endedAt - startedAt };
}
