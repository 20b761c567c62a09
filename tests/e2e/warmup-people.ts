import { expect, type APIRequestContext } from "@playwright/test";
import { z } from "zod";

const Token = z.object({ token: z.string() });
const SignedUp = z.object({ result: z.object({ code: z.string() }) });

type Phones = { readonly request: { newContext(options: { baseURL: string }): Promise<APIRequestContext> } };

export type SignedUpViewer = {
  /** For links that bring others. */
  readonly code: string;
  /** When the server's answer was there, this machine's clock, ms. */
  readonly answeredAt: number;
};

type Coming = {
  /** In a rehearsal, where anybody is whoever they say. */
  readonly name?: string;
  /** Whose link they come by. */
  readonly by?: SignedUpViewer;
  /** Code of a source. */
  readonly source?: string;
};

/** Viewers over the public API, each on a phone of their own that remembers nothing. */
export function viewersOf({ request }: Phones, baseURL: string, sessionId: string) {
  return {
    async signUp({ name, by, source }: Coming = {}): Promise<SignedUpViewer> {
      const phone = await request.newContext({ baseURL });
      const ask = async (path: string, data: object, token?: string) => {
        const answer = await phone.post(`/api/v1/viewer/sessions/${sessionId}/${path}`, {
          headers: { origin: baseURL, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
          data,
        });
        expect(answer.status(), `${path}: ${await answer.text()}`).toBeLessThan(300);
        return answer.json();
      };
      const visitor = Token.parse(await ask("visitor", {}));
      const { token } = name === undefined ? visitor : Token.parse(await ask("demo-sign-in", { name }, visitor.token));
      await ask("touch", { ...(by ? { i: by.code } : {}), ...(source === undefined ? {} : { s: source }) }, token);
      const { result } = SignedUp.parse(await ask("signup", source === undefined ? {} : { sourceCode: source }, token));
      const answeredAt = Date.now();
      await phone.dispose();
      return { code: result.code, answeredAt };
    },
  };
}
