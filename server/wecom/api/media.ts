import { z } from "zod";
import { fileBody, type UploadedFile } from "../api-call.ts";
import type { WecomClient } from "../client.ts";
import type { CallOptions } from "../retries.ts";
import { UploadAnswer, type Uploaded } from "./answers.ts";

const UPLOAD_MS = 60_000;
const DEADLINE_MS = 120_000;

/** Lives three days; for messages and attachments. */
export function uploadMedia(
  client: WecomClient,
  { kind, file }: { readonly kind: "image" | "voice" | "video" | "file"; readonly file: UploadedFile },
  options: CallOptions = {},
): Promise<Uploaded> {
  return client.call(
    {
      api: "media/upload",
      method: "POST",
      query: { type: kind },
      body: fileBody(file),
      answer: UploadAnswer,
      repeat: "always",
      wholeMs: UPLOAD_MS,
    },
    { deadlineMs: DEADLINE_MS, ...options },
  );
}

/** For good; gives the `pic_url` of a mass send. 1,000 a day and 3,000 a month for the whole corp: not repeated when an answer is lost. */
export async function uploadPicture(
  client: WecomClient,
  file: UploadedFile,
  options: CallOptions = {},
): Promise<string> {
  const answer = await client.call(
    {
      api: "media/uploadimg",
      method: "POST",
      body: fileBody(file),
      answer: z.object({ url: z.string().min(1) }),
      repeat: "never",
      wholeMs: UPLOAD_MS,
    },
    { deadlineMs: DEADLINE_MS, ...options },
  );
  return answer.url;
}
