import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import { WecomError } from "../wecom-error.ts";
import type { CallOptions } from "../retries.ts";
import { Nothing } from "./answers.ts";
import type { MassMessage } from "./mass-send.ts";

/** Another app is at it: once more, soon. */
const OTHER_APP = 41096;

/**
 * Within 20 s of the callback, once. 41051: another app was first, 41050: too late; both of class `gone`, and nothing is left to do. A lost answer is not
 * asked again: a second welcome with the same code is refused anyway.
 */
export async function sendWelcome(
  client: WecomClient,
  { welcomeCode, message }: { readonly welcomeCode: string; readonly message: MassMessage },
  options: CallOptions = {},
): Promise<void> {
  const send = () =>
    client.call(
      {
        api: "externalcontact/send_welcome_msg",
        method: "POST",
        body: jsonBody({ welcome_code: welcomeCode, ...messageFields(message) }),
        answer: Nothing,
        repeat: "never",
        wholeMs: 5_000,
      },
      options,
    );
  try {
    await send();
  } catch (error) {
    if (!(error instanceof WecomError && error.errcode === OTHER_APP)) throw error;
    await send();
  }
}

function messageFields({ text, attachments }: MassMessage): object {
  return {
    text: text === "" ? undefined : { content: text },
    attachments: attachments.length === 0 ? undefined : attachments,
  };
}
