import { randomUUID } from "node:crypto";
import type { z } from "zod";

/**
 * One call of WeCom's API, as data: the functions of server/wecom/api make them. `repeat` says what happens when the answer is lost: `always` asks again
 * (questions, and writes that give the same result twice), `never` leaves it to the caller to find out.
 */
export type ApiCall<T> = {
  /** The path without /cgi-bin/. */
  readonly api: string;
  readonly method: "GET" | "POST";
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: WireBody;
  readonly answer: z.ZodType<T>;
  readonly repeat: "always" | "never";
  /** Calls with the same word go one after the other. */
  readonly serial?: string;
  /** For one try; 10 s unless told. */
  readonly wholeMs?: number;
};

export type WireBody = { readonly type: string; readonly bytes: Uint8Array };

export function jsonBody(value: object): WireBody {
  return { type: "application/json; charset=utf-8", bytes: Buffer.from(JSON.stringify(value), "utf8") };
}

export type UploadedFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array };

/** One file as field `media`, as browsers send it. */
export function fileBody({ name, type, bytes }: UploadedFile): WireBody {
  const boundary = `kaibo-${randomUUID()}`;
  const fileName = name.replaceAll(/["\r\n\\]/g, "_");
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="media"; filename="${fileName}"; filelength=${bytes.byteLength}\r\ncontent-type: ${type}\r\n\r\n`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head, "utf8"), bytes, Buffer.from(`\r\n--${boundary}--\r\n`, "utf8")]),
  };
}
