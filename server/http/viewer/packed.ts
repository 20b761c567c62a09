import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** Answers that many are given, packed once for all of them. */
export const ENCODINGS = ["br", "gzip"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Below this the packing costs more than it saves. */
const WORTH_BYTES = 1_024;
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
/** `signs`: the same bytes as a text of one sign each, which Node writes with its headers in one piece, and bytes apart from them. */
export type PackedBody = { readonly bytes: Buffer; readonly signs: string };

const packers: { readonly [E in Encoding]: (text: string) => Promise<Buffer> } = {
  br: (text) => promisify(brotliCompress)(text, quick),
  gzip: (text) => promisify(gzip)(text),
};

/** The best of ours that an Accept-Encoding takes; `null`: as it is. */
export function encodingFor(accepted: string | string[] | undefined): Encoding | null {
  if (typeof accepted !== "string") return bestOf(accepted);
  const known = understood.get(accepted);
  if (known !== undefined) return known;
  if (understood.size >= UNDERSTOOD_MAX) understood.clear();
  const best = bestOf(accepted);
  understood.set(accepted, best);
  return best;
}

/** Browsers say the same few things, thousands of times a second. */
const understood = new Map<string, Encoding | null>();
const UNDERSTOOD_MAX = 200;

function bestOf(accepted: string | string[] | undefined): Encoding | null {
  const taken = new Set(
    String(accepted ?? "")
      .split(",")
      .flatMap((part) => {
        const [name = "", ...parameters] = part.split(";").map((one) => one.trim().toLowerCase());
        return parameters.some((one) => /^q=0(\.0*)?$/.test(one)) ? [] : [name];
      }),
  );
  return ENCODINGS.find((encoding) => taken.has(encoding)) ?? null;
}

/** A text that is packed when it is first asked for, once for each encoding; from then on it is at hand. `null`: too small to be worth it. */
export type Packed = (encoding: Encoding) => Promise<PackedBody> | PackedBody | null;

export function createPacked(write: () => string): Packed {
  const packed = new Map<Encoding, Promise<PackedBody> | PackedBody>();
  let text: string | undefined;
  return (encoding) => {
    const known = packed.get(encoding);
    if (known) return known;
    text ??= write();
    if (Buffer.byteLength(text) < WORTH_BYTES) return null;
    const made = packers[encoding](text).then((bytes): PackedBody => ({ bytes, signs: bytes.toString("latin1") }));
    packed.set(encoding, made);
    made.then(
      (body) => packed.set(encoding, body),
      () => packed.delete(encoding),
    );
    return made;
  };
}
