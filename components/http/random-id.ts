/** 128 random bits in hex, for ids that a page makes. Browsers have no `randomUUID` where the page is not served over https, as in a LAN. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
