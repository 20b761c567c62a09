import { connect, createServer, type Socket } from "node:net";
import { freePort } from "./ports.ts";

/**
 * A wire that can be cut: stands between a server under test and its PostgreSQL or Redis. What
 * happens on it is what a network does, so nothing in the code under test has to be mocked.
 */
export type Relay = {
  /** The given URL, but through the relay. */
  url: string;
  /** Cuts every connection at once; new ones work. */
  cut: () => void;
  /** Swallows everything that comes back until resumed: requests arrive, answers do not. */
  holdAnswers: () => void;
  /** Connections that are open fall silent for good, and nobody is told; new ones work. As when a firewall forgets them. */
  forgetOpen: () => void;
  /** Cuts on the first bytes that come back after now, so what was sent has arrived. */
  cutOnNextAnswer: () => void;
  /** Cuts and refuses, as a server that is away. */
  goAway: () => Promise<void>;
  /** Ends holdAnswers (held connections are cut) and goAway. */
  resume: () => Promise<void>;
  close: () => Promise<void>;
};

export async function startRelay(target: string): Promise<Relay> {
  const through = new URL(target);
  const upstream = { host: through.hostname, port: Number(through.port || 5432) };
  const open = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  let mode: "pass" | "hold" | "cutNext" = "pass";

  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    const far = connect(upstream);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    near.on("data", (chunk: Buffer) => {
      if (!forgotten.has(near)) far.write(chunk);
    });
    far.on("data", (chunk: Buffer) => {
      if (forgotten.has(near)) return;
      if (mode === "cutNext") {
        mode = "pass";
        near.destroy();
      } else if (mode === "pass") {
        near.write(chunk);
      }
    });
  });
  through.port = String(await freePort());
  through.hostname = "127.0.0.1";
  const listen = () => new Promise<void>((resolve) => server.listen(Number(through.port), "127.0.0.1", resolve));
  const refuse = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    cut();
    await closed;
  };
  await listen();

  return {
    url: through.href,
    cut,
    holdAnswers: () => (mode = "hold"),
    forgetOpen: () => {
      for (const socket of open) forgotten.add(socket);
    },
    cutOnNextAnswer: () => (mode = "cutNext"),
    goAway: refuse,
    resume: async () => {
      if (mode === "hold") cut();
      mode = "pass";
      if (!server.listening) await listen();
    },
    close: async () => {
      if (server.listening) await refuse();
    },
  };
}
