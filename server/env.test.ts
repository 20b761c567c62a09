import { describe, expect, it } from "vitest";
import { EnvError, loadEnv, localUrl, unknownNames } from "#server/env.ts";

function linesOf(source: Record<string, string>): readonly string[] {
  try {
    loadEnv(source, "/srv/kaibo");
  } catch (error) {
    if (error instanceof EnvError) return error.lines;
    throw error;
  }
  return [];
}

describe("environment", () => {
  it("starts with nothing set, on loopback, with data beside the project", () => {
    expect(loadEnv({}, "/srv/kaibo")).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      dataDir: "/srv/kaibo/.data",
      databaseUrl: null,
      role: "all",
      publicUrl: "http://127.0.0.1:3000",
    });
  });

  it("reaches WeCom where it is told to, and sends secrets in the clear to this machine alone", () => {
    expect(loadEnv({}, "/x").wecomUrl).toBe("https://qyapi.weixin.qq.com");
    expect(loadEnv({ KAIBO_WECOM_URL: "http://127.0.0.1:9200/" }, "/x").wecomUrl).toBe("http://127.0.0.1:9200");
    for (const url of ["http://wecom-gateway.example.com", "ftp://127.0.0.1", "qyapi"]) {
      expect(linesOf({ KAIBO_WECOM_URL: url })[0]).toMatch(/^KAIBO_WECOM_URL is .* must be an https:\/\/ address/);
    }
  });

  it("reaches WeChat itself by the same rule", () => {
    expect(loadEnv({}, "/x").wechatUrl).toBe("https://api.weixin.qq.com");
    expect(loadEnv({ KAIBO_WECHAT_URL: "http://127.0.0.1:8710/" }, "/x").wechatUrl).toBe("http://127.0.0.1:8710");
    expect(linesOf({ KAIBO_WECHAT_URL: "http://gateway.example.com" })[0]).toMatch(/^KAIBO_WECHAT_URL is .* must be/);
  });

  it("treats an empty value as not given", () => {
    expect(loadEnv({ PORT: "", DATABASE_URL: " " }, "/x")).toMatchObject({
      port: 3000,
      databaseUrl: null,
    });
  });

  it("names each wrong variable with what is wrong and an example", () => {
    const lines = linesOf({ PORT: "80000", KAIBO_ROLE: "boss", DATABASE_URL: "mysql://x" });
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('PORT is "80000", but must be a port number from 1 to 65535. Example: PORT="3000"');
    expect(lines.join()).toContain("KAIBO_ROLE");
    expect(lines.join()).toContain("postgres://");
  });

  it("takes proxies by address and range, and stops on one that is neither", () => {
    expect(loadEnv({}, "/x").trustedProxies).toEqual([]);
    const given = { KAIBO_TRUSTED_PROXIES: "10.0.0.5, 10.1.0.0/16,fd00::/8" };
    expect(loadEnv(given, "/x").trustedProxies).toEqual(["10.0.0.5", "10.1.0.0/16", "fd00::/8"]);
    for (const wrong of ["10.0.0.5,", "proxy.internal", "0.0.0.0/0"])
      expect(linesOf({ KAIBO_TRUSTED_PROXIES: wrong })).toEqual([
        `KAIBO_TRUSTED_PROXIES is ${JSON.stringify(wrong)}, but must be addresses or ranges of proxies, separated by commas, and none of everybody. Example: KAIBO_TRUSTED_PROXIES="10.0.0.5,10.1.0.0/16,fd00::/8"`,
      ]);
  });

  it("tells what a role that runs apart needs", () => {
    expect(linesOf({ KAIBO_ROLE: "jobs" })).toEqual([
      'KAIBO_ROLE=jobs needs DATABASE_URL. Example: DATABASE_URL="postgres://kaibo:password@db.internal:5432/kaibo"',
    ]);
    expect(linesOf({ KAIBO_ROLE: "web", PUBLIC_URL: "https://k.example.com" })).toEqual([]);
  });

  it("never prints a secret", () => {
    expect(linesOf({ KAIBO_SECRET: "short-secret" }).join()).not.toContain("short-secret");
    expect(linesOf({ DATABASE_URL: "pg://kaibo:pass-word@db/kaibo" })).toEqual([
      'DATABASE_URL is "pg://…@db/kaibo", but must be a postgres:// address. Example: DATABASE_URL="postgres://kaibo:password@db.internal:5432/kaibo"',
    ]);
  });

  it("drops the trailing slash of PUBLIC_URL, which would break origins", () => {
    expect(loadEnv({ PUBLIC_URL: "https://k.example.com/" }, "/x").publicUrl).toBe("https://k.example.com");
  });

  it("takes no path in PUBLIC_URL, where nothing could be found", () => {
    expect(loadEnv({ PUBLIC_URL: "https://K.example.com:443" }, "/x").publicUrl).toBe("https://k.example.com");
    for (const url of ["https://k.example.com/kaibo", "https://k.example.com/?a=1", "https://me@k.example.com"])
      expect(linesOf({ PUBLIC_URL: url })[0]).toMatch(/^PUBLIC_URL is .* must be .* without a path\./);
  });

  it("tells names that mean nothing from its own, and from those of tests", () => {
    const source = { KAIBO_DATADIR: "/x", KAIBO_DATA_DIR: "/x", KAIBO_E2E_TRACE: "1", PORT: "1", KAIBOSH: "1" };
    expect(unknownNames(source)).toEqual(["KAIBO_DATADIR"]);
  });

  it("gives an address that answers when listening everywhere", () => {
    expect(localUrl("0.0.0.0", 80)).toBe("http://127.0.0.1:80");
    expect(localUrl("::1", 80)).toBe("http://[::1]:80");
  });
});
