import { createServer } from "node:net";

export class PortTakenError extends Error {
  constructor(host: string, port: number) {
    super(
      `PORT ${port} 已被占用 · ${host}:${port} is taken by another program; ` +
        `choose another one, for example: PORT=${port + 1} npm start`,
    );
    this.name = "PortTakenError";
  }
}

export class HostUnknownError extends Error {
  constructor(host: string, cause: unknown) {
    super(`HOST ${host} is not an address of this machine; example: HOST=127.0.0.1`, { cause });
    this.name = "HostUnknownError";
  }
}

/** Asked before anything long is started, so that the answer comes at once. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  probe.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") reject(new PortTakenError(host, port));
    else if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
      reject(new HostUnknownError(host, error));
    } else if (error.code === "EACCES") {
      reject(new Error(`PORT ${port} needs more rights than this user has; example: PORT=3000`));
    } else reject(error);
  });
  probe.listen(port, host, () => probe.close(() => resolve()));
  await promise;
}
