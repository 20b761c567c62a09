import type { ContactRead, Welcome } from "./people-contract.ts";

/** What the work on callbacks asks WeCom for, as the app that was called. Each throws WecomError or WecomTransportError. */
export type WecomCalls = {
  /** null: nobody of the corp has them any more. */
  readContact(externalUserId: string): Promise<ContactRead | null>;
  /** Once for each code; a second time is refused by WeCom. */
  sendWelcome(code: string, welcome: Welcome, options: { readonly deadlineMs: number }): Promise<void>;
  /** Having a tag already is no error. */
  addTags(pair: { readonly userId: string; readonly externalUserId: string }, tagIds: readonly string[]): Promise<void>;
};

/** null: the app is not there any more. */
export type CallsOf = (appKey: string) => Promise<WecomCalls | null>;
