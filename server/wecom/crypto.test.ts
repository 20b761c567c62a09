import { createCipheriv, createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callbackKey, decryptMessage, encryptMessage, isSigned, signatureOf } from "./crypto.ts";

const AES_KEY = "a2FpYm8ta2V5LW9mLXRoZS10ZXN0cy0zMi1ieXRlcyE";
const CORP = "ww0123456789example";
const key = callbackKey(AES_KEY);
if (!key) throw new Error("the tests' key is one");

/** Cipher text of exactly these bytes under the tests' key, without a line of the code under test. */
function sealed(content: Uint8Array): string {
  const bytes = Buffer.from(`${AES_KEY}=`, "base64");
  const cipher = createCipheriv("aes-256-cbc", bytes, bytes.subarray(0, 16));
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(content), cipher.final()]).toString("base64");
}

/** As the document says, with a padding of the test's choice. */
function framed(message: string, { receiveId = CORP, pad = paddingFor(message, receiveId), length = -1 } = {}): Buffer {
  const body = Buffer.from(message);
  const size = Buffer.from([0, 0, 0, 0]);
  size.writeUInt32BE(length < 0 ? body.length : length);
  return Buffer.concat([Buffer.from("0123456789abcdef"), size, body, Buffer.from(receiveId), pad]);
}

function paddingFor(message: string, receiveId: string): Buffer {
  const missing = 32 - ((20 + Buffer.byteLength(message) + Buffer.byteLength(receiveId)) % 32);
  return Buffer.alloc(missing, missing);
}

describe("signatures", () => {
  const parts = { timestamp: "1800000000", nonce: "90210", encrypted: "c2FtcGxl" };

  it("sign the four parts in the order of their characters", () => {
    // "1800000000" < "90210" < "Token" < "c2FtcGxl"
    const wanted = createHash("sha1").update("180000000090210Tokenc2FtcGxl").digest("hex");
    expect(signatureOf("Token", parts)).toBe(wanted);
    expect(wanted).toBe("d97e02c040eda112b1d8f74020bc326a634c8027");
    expect(isSigned("Token", parts, wanted)).toBe(true);
  });

  it("are refused when another token, another text or another length made them", () => {
    const good = signatureOf("Token", parts);
    const bad = ["", "é".repeat(40), good.slice(1), `${good}0`, good.toUpperCase(), signatureOf("Other", parts)];
    for (const signature of bad) expect(isSigned("Token", parts, signature), signature).toBe(false);
    expect(isSigned("Token", { ...parts, encrypted: "c2FtcGxm" }, good)).toBe(false);
  });
});

describe("messages", () => {
  it("are read as the document frames them, at every length of padding", () => {
    for (let length = 0; length < 64; length += 1) {
      const message = "示".repeat(length % 3) + "x".repeat(length);
      expect(decryptMessage(key, sealed(framed(message)), CORP)?.toString()).toBe(message);
    }
  });

  it("are written byte for byte as an independent cipher writes them", () => {
    const message = "<xml><Event>示例</Event></xml>";
    const written = encryptMessage(key, { message, receiveId: CORP }, Buffer.from("0123456789abcdef"));
    expect(written).toBe(sealed(framed(message)));
    // The same by OpenSSL's own command: openssl enc -aes-256-cbc -nopad.
    expect(written).toBe(
      "dRCwtW70W6wvkZIoOT0QCDGNaB7SQDoUAKbzkNdOmG2zJmq/6X35tNYtsmOtYP1Uf7cgeoDS1fNFDfGURS15os4FFb8JgNv0o595O1TkL/dY1ffrfb3/W7Z4T0N5g+7J",
    );
  });

  it("come back from their own encryption, with fresh bytes each time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (message, receiveId) => {
        const [one, two] = [encryptMessage(key, { message, receiveId }), encryptMessage(key, { message, receiveId })];
        expect(one).not.toBe(two);
        expect(decryptMessage(key, one, receiveId)?.equals(Buffer.from(message))).toBe(true);
      }),
    );
  });

  it("are refused with any padding but their own", () => {
    const message = "x".repeat(64 - 20 - CORP.length - 8);
    expect(decryptMessage(key, sealed(framed(message, { pad: Buffer.alloc(8, 8) })), CORP)?.toString()).toBe(message);
    const paddings = [
      Buffer.from([9, 8, 8, 8, 8, 8, 8, 8]),
      Buffer.from([8, 8, 8, 8, 8, 8, 8, 0]),
      Buffer.from([8, 8, 8, 8, 8, 8, 8, 33]),
      Buffer.from([8, 8, 8, 8, 8, 8, 8, 7]),
    ];
    for (const pad of paddings) expect(decryptMessage(key, sealed(framed(message, { pad })), CORP)).toBeNull();
    // Padded to the cipher's 16, not to 32.
    const short = "x".repeat(48 - 20 - CORP.length - 5);
    expect(decryptMessage(key, sealed(framed(short, { pad: Buffer.alloc(5, 5) })), CORP)).toBeNull();
  });

  it("are refused for another receiver, whether longer, shorter or other", () => {
    const encrypted = sealed(framed("message"));
    for (const receiveId of [`${CORP}x`, CORP.slice(1), CORP.slice(0, -1), "", `message${CORP}`]) {
      expect(decryptMessage(key, encrypted, receiveId), receiveId).toBeNull();
    }
  });

  it("are refused when their length points beyond them, or they are no cipher text at all", () => {
    expect(decryptMessage(key, sealed(framed("message", { length: 4_000_000_000 })), CORP)).toBeNull();
    expect(decryptMessage(key, sealed(framed("message", { length: 8 })), CORP)).toBeNull();
    expect(decryptMessage(key, sealed(Buffer.alloc(32, 32)), "")).toBeNull();
    for (const text of ["", "====", "abc", "ab cd", "a\n==", "YWJj", "!".repeat(44)]) {
      expect(decryptMessage(key, text, CORP), text).toBeNull();
    }
  });

  it("never make it throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        decryptMessage(key, Buffer.from(bytes).toString("base64"), CORP);
      }),
    );
  });
});

describe("keys", () => {
  it("are 43 characters of base64", () => {
    expect(key.key.export().toString()).toBe("kaibo-key-of-the-tests-32-bytes!");
    for (const wrong of ["", AES_KEY.slice(1), `${AES_KEY}=`, `${AES_KEY.slice(1)}=`, `${AES_KEY.slice(1)}-`]) {
      expect(callbackKey(wrong), wrong).toBeNull();
    }
  });
});
