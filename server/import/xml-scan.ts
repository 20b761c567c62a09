const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Character and predefined entities. Others stand as written: a document type is never read, so none are defined. */
export function unescapeXml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

export type Tag = {
  /** Without a namespace prefix. */
  readonly name: string;
  readonly attribute: (name: string) => string | undefined;
};

export type XmlHandler = {
  readonly open: (tag: Tag) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
};

/** The quote that is still open at `to`, or "". */
function openQuote(xml: string, from: number, to: number): string {
  let open = "";
  for (let at = from; at < to; at++) {
    const character = xml.charAt(at);
    if (open === "" && (character === '"' || character === "'")) open = character;
    else if (character === open) open = "";
  }
  return open;
}

/** Where a tag ends. A > may stand inside a quoted attribute; one that is never closed ends the walk. */
function tagEnd(xml: string, from: number): number {
  let at = from;
  for (;;) {
    const end = xml.indexOf(">", at);
    const quote = end < 0 ? "" : openQuote(xml, at, end);
    if (quote === "") return end;
    const closing = xml.indexOf(quote, end + 1);
    if (closing < 0) return -1;
    at = closing + 1;
  }
}

const ATTRIBUTES = new Map<string, RegExp>();

function attributePattern(name: string): RegExp {
  const known = ATTRIBUTES.get(name);
  if (known) return known;
  const pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
  ATTRIBUTES.set(name, pattern);
  return pattern;
}

function tagOf(source: string): Tag {
  const space = source.search(/[\s/]/);
  const full = space < 0 ? source : source.slice(0, space);
  return {
    name: full.slice(full.indexOf(":") + 1),
    attribute: (name) => {
      const plain = source.indexOf(` ${name}="`);
      if (plain >= 0) {
        const from = plain + name.length + 3;
        return unescapeXml(source.slice(from, source.indexOf('"', from)));
      }
      const found = attributePattern(name).exec(source);
      return found ? unescapeXml(found[1] ?? found[2] ?? "") : undefined;
    },
  };
}

function closedName(source: string): string {
  return source.slice(Math.max(source.indexOf(":"), 0) + 1).trimEnd();
}

/**
 * Walks through the tags and texts of a part of a workbook in order. Forgiving: a broken tail ends the walk. It keeps
 * nothing, follows no document type and needs memory only for the text at hand.
 */
export function scanXml(xml: string, handler: XmlHandler): void {
  let at = 0;
  for (;;) {
    const open = xml.indexOf("<", at);
    if (open < 0) return;
    if (open > at) handler.text(unescapeXml(xml.slice(at, open)));
    const skipped = skipUntold(xml, open, handler);
    if (skipped !== null) {
      if (skipped < 0) return;
      at = skipped;
      continue;
    }
    const end = tagEnd(xml, open + 1);
    if (end < 0) return;
    const source = xml.slice(open + 1, end);
    if (source.startsWith("/")) handler.close(closedName(source));
    else {
      const tag = tagOf(source);
      handler.open(tag);
      if (source.endsWith("/")) handler.close(tag.name);
    }
    at = end + 1;
  }
}

/** Where to go on after a comment, an instruction or a declaration; -1 when it never ends, null when it is a tag. */
function skipUntold(xml: string, open: number, handler: XmlHandler): number | null {
  const after = (mark: string, from: number): number => {
    const end = xml.indexOf(mark, from);
    return end < 0 ? -1 : end + mark.length;
  };
  if (xml.startsWith("<!--", open)) return after("-->", open + 4);
  if (xml.startsWith("<?", open)) return after("?>", open + 2);
  if (xml.startsWith("<![CDATA[", open)) {
    const end = after("]]>", open + 9);
    if (end >= 0) handler.text(xml.slice(open + 9, end - 3));
    return end;
  }
  return xml.startsWith("<!", open) ? after(">", open + 2) : null;
}
