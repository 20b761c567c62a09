import autocannon from "autocannon";

/**
 * The load generator, autocannon, in a process of its own: keep-alive connections, one request at a time on each.
 * Message in: a `LoadOrder`; out: a `LoadResult`.
 */

export type LoadOrder = {
  readonly port: number;
  readonly connections: number;
  /** Shared out evenly; a multiple of `connections`. */
  readonly requests: readonly {
    readonly path: string;
    readonly token: string;
    readonly body?: string;
    /** Beside those that all have. */
    readonly headers?: Readonly<Record<string, string>>;
    readonly method?: "GET";
  }[];
};
export type LoadResult = {
  /** How many answers had which status; whoever got none is missing here. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly tookMs: readonly number[];
  readonly wallMs: number;
};

process.on("message", (order: LoadOrder) => {
  void run(order).then((result) => process.send?.(result));
});
process.once("disconnect", () => process.exit(0));

async function run({ port, connections, requests }: LoadOrder): Promise<LoadResult> {
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
    setupClient: (client) => {
      const first = share * clients++;
      leaveBodiesUnread(client);
      client.setRequests(requests.slice(first, first + share).map(requestOf));
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

/** autocannon reads each body as text, although nobody asked for it: of packed bytes that takes longer than to give them, and it is the generator that is measured. */
function leaveBodiesUnread(client: object): void {
  const requests: unknown = Reflect.get(client, "pipelinedRequests");
  if (typeof requests !== "object" || requests === null || !("addBody" in requests)) {
    throw new Error("autocannon keeps bodies elsewhere by now");
  }
  requests.addBody = () => undefined;
}

function requestOf({
  path,
  token,
  body = "{}",
  headers = {},
  method,
}: LoadOrder["requests"][number]): autocannon.Request {
  if (method === "GET") return { method, path, headers };
  const common = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return { method: "POST", path, headers: { ...common, ...headers }, body };
}
