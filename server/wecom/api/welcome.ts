import { z } from "zod";
import type { WecomAttachment } from "#domain/wecom-limits.ts";
import { jsonBody } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import { WecomError } from "../wecom-error.ts";
import type { CallOptions } from "../retries.ts";
import { MaybeText, Nothing, Text } from "./answers.ts";
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

/** The library of greetings for groups: an owner attaches one to a group in the client. One attachment at most. */
export type GroupWelcome = {
  /** `%NICKNAME%` is the newcomer's name; at most 3,000 bytes. */
  readonly text: string;
  readonly attachment: WecomAttachment | null;
};

export type GroupWelcomeKept = { readonly templateId: string; readonly text: string; readonly kind: string | null };

const AREA = "externalcontact/group_welcome_template";
const KINDS = ["image", "link", "miniprogram", "file", "video"] as const;

function templateFields({ text, attachment }: GroupWelcome): object {
  const fields = attachment === null ? {} : Object.fromEntries(Object.entries(attachment).filter(isContent));
  return { text: text === "" ? undefined : { content: text }, ...fields };
}

const isContent = ([name]: [string, unknown]) => name !== "msgtype";

export async function addGroupWelcome(
  client: WecomClient,
  { notify, ...template }: GroupWelcome & { readonly notify: boolean },
  options: CallOptions = {},
): Promise<string> {
  const answer = await client.call(
    {
      api: `${AREA}/add`,
      method: "POST",
      body: jsonBody({ ...templateFields(template), agentid: client.agentId ?? undefined, notify: notify ? 1 : 0 }),
      answer: z.object({ template_id: z.string().min(1) }),
      repeat: "never",
    },
    options,
  );
  return answer.template_id;
}

export async function editGroupWelcome(
  client: WecomClient,
  { templateId, ...template }: GroupWelcome & { readonly templateId: string },
  options: CallOptions = {},
): Promise<void> {
  await client.call(
    {
      api: `${AREA}/edit`,
      method: "POST",
      body: jsonBody({
        template_id: templateId,
        ...templateFields(template),
        agentid: client.agentId ?? undefined,
      }),
      answer: Nothing,
      repeat: "always",
      serial: `groupWelcome ${templateId}`,
    },
    options,
  );
}

export async function deleteGroupWelcome(
  client: WecomClient,
  templateId: string,
  options: CallOptions = {},
): Promise<void> {
  await client.call(
    {
      api: `${AREA}/del`,
      method: "POST",
      body: jsonBody({ template_id: templateId, agentid: client.agentId ?? undefined }),
      answer: Nothing,
      repeat: "always",
    },
    options,
  );
}

const Got = z.object({
  text: z.object({ content: Text }).nullish(),
  ...Object.fromEntries(KINDS.map((kind) => [kind, z.object({ media_id: MaybeText }).nullish()])),
});

export async function getGroupWelcome(
  client: WecomClient,
  templateId: string,
  options: CallOptions = {},
): Promise<GroupWelcomeKept> {
  const answer = await client.call(
    {
      api: `${AREA}/get`,
      method: "POST",
      body: jsonBody({ template_id: templateId }),
      answer: Got,
      repeat: "always",
    },
    options,
  );
  const shown = KINDS.find((kind) => Reflect.get(answer, kind) != null) ?? null;
  return { templateId, text: answer.text?.content ?? "", kind: shown };
}
