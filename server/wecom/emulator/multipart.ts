export type Uploaded = { readonly name: string; readonly bytes: Buffer };

/** The part called `media` of a multipart/form-data body; null when there is none. */
export function uploadedMedia(contentType: string, body: Buffer): Uploaded | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return null;
  const delimiter = Buffer.from(`--${mark}`);
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const headStart = at + delimiter.length + 2;
    const headEnd = body.indexOf("\r\n\r\n", headStart);
    const next = body.indexOf(Buffer.from(`\r\n--${mark}`), headEnd < 0 ? headStart : headEnd + 2);
    if (headEnd < 0 || next < 0) return null;
    const head = body.subarray(headStart, headEnd).toString("utf8");
    if (/name="media"/i.test(head)) {
      const name = /filename\*?="?([^";\r\n]*)"?/i.exec(head)?.[1] ?? "";
      return { name, bytes: body.subarray(headEnd + 4, next) };
    }
    at = body.indexOf(delimiter, next);
  }
  return null;
}
