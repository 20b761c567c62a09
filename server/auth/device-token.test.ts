import { expect, it } from "vitest";
import { createDeviceTokens } from "./device-token.ts";

const tokens = createDeviceTokens("a-secret-of-the-tests-0123456789");

it("knows a phone again, among other cookies, and no forged, foreign or future one", () => {
  const { device, token } = tokens.fresh(1_000);
  expect(tokens.read(`a=b; kaibo_d=${token}; c=d`, 2_000)).toEqual(device);
  expect(device).toEqual({ id: expect.stringMatching(/^d_\w+$/), since: 1_000 });
  expect(tokens.read(undefined, 2_000)).toBeUndefined();
  expect(tokens.read(`x_kaibo_d=${token}`, 2_000)).toBeUndefined();
  expect(tokens.read(`kaibo_d=${token.replace(/\.\w/, ".0")}`, 2_000)).toBeUndefined();
  expect(tokens.read(`kaibo_d=${token}`, 999)).toBeUndefined();
  expect(createDeviceTokens("another-secret-of-the-tests-01234567").read(`kaibo_d=${token}`, 2_000)).toBeUndefined();
});

it("is kept where no page can read it, and goes only to the viewers' routes", () => {
  expect(tokens.setCookie("kd.x", true)).toMatch(
    /^kaibo_d=kd\.x; Path=\/api\/v1\/viewer; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
  );
});
