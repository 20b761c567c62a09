import type { App, Staff } from "../state/corp-rows.ts";
import type { World } from "../state/world.ts";
import type { Rates } from "./rates.ts";

export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  readonly ip: string;
  readonly origin: string;
};

export type ApiDesk = { readonly world: World; readonly rates: Rates };

/** 60020 else: a self-built app lists the addresses of its servers. */
export function isTrusted(app: App, ip: string): boolean {
  return app.trustedIps.length === 0 || app.trustedIps.includes(ip);
}

/** 可见范围 of the app. */
export function sees(app: App, staff: Pick<Staff, "userid" | "departments">): boolean {
  return (
    app.seesAll ||
    app.seesUsers.includes(staff.userid) ||
    staff.departments.some((department) => app.seesDepartments.includes(department))
  );
}

export function jsonObject(body: Buffer): Record<string, unknown> | null {
  if (body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
