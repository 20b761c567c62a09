import { createServer } from "node:http";
import next from "next";

/**
 * The process that renders pages, on a Unix socket. It lives only as long as the pipe to its
 * parent: after a kill -9 of the server it goes by itself. Ctrl C and a service manager's SIGTERM
 * reach the whole group, but when to go is the parent's decision.
 */
const [socketPath, mode] = process.argv.slice(2);
if (!socketPath || !process.send) throw new Error("next-worker is started by next-child only");

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
process.on("disconnect", () => process.exit(0));
// The parent may have died while our modules were loading, before anybody listened.
if (!process.connected) process.exit(0);

const pages = next({ dev: mode === "development", dir: process.cwd() });
await pages.prepare();
const handle = pages.getRequestHandler();

const server = createServer((request, response) => void handle(request, response));
// No upgrade handler of ours: Next listens to the first request's server by itself, and two would answer a hot reload twice.
// The proxy keeps connections open; closing them first here would race with its next request.
server.keepAliveTimeout = 120_000;
server.listen(socketPath, () => process.send?.({ kind: "ready" }));
