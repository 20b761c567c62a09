/**
 * A strict reader of the small XML that WeCom sends: elements with text, CDATA and elements in them. It reads no document type (and so knows no entities
 * but the five of XML and characters by number), no instruction but the first line, and gives up at the first thing that is not well formed.
 * What it reads is bounded in depth and number; time and memory grow with the text, never faster.
 */

export type XmlNode = {
  readonly name: string;
  /** Of this element alone, without white space at its ends. */
  readonly text: string;
  readonly children: readonly XmlNode[];
};

const DEPTH_MAX = 8;
const NODES_MAX = 20_000;

/** null: not well formed, or with parts that have no business here. */
export function parseCallbackXml(xml: string): XmlNode | null {
  const start = /^\uFEFF?\s*(?:<\?xml\s[^<>?]*\?>\s*)?/.exec(xml)?.[0].length ?? 0;
  return new Reader(xml, start).read();
}

type Open = { readonly name: string; text: string; readonly children: XmlNode[] };

// Sticky, so that each looks only where the reader stands. No two parts of one pattern match the same characters: nothing to try again.
const OPENING = /<([A-Za-z_][\w.-]*)\s*(\/?)>/y;
const CLOSING = /<\/([A-Za-z_][\w.-]*)\s*>/y;
const CDATA = "<![CDATA[";
const COMMENT = "<!--";

class Reader {
  readonly #xml: string;
  readonly #open: Open[] = [];
  #at: number;
  #nodes = 0;
  #root: XmlNode | null = null;

  constructor(xml: string, start: number) {
    this.#xml = xml;
    this.#at = start;
  }

  read(): XmlNode | null {
    while (this.#at < this.#xml.length) if (!this.#step()) return null;
    return this.#open.length === 0 ? this.#root : null;
  }

  #step(): boolean {
    const xml = this.#xml;
    if (xml[this.#at] !== "<") return this.#takeText();
    if (xml.startsWith(CDATA, this.#at)) return this.#takeQuoted();
    if (xml.startsWith(COMMENT, this.#at)) return this.#skipComment();
    return xml[this.#at + 1] === "/" ? this.#takeClosing() : this.#takeOpening();
  }

  #takeText(): boolean {
    const end = this.#xml.indexOf("<", this.#at);
    const source = this.#xml.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#xml.length : end;
    const text = unescaped(source);
    const into = this.#open.at(-1);
    if (text === null) return false;
    if (!into) return text.trim() === "";
    into.text += text;
    return true;
  }

  #takeQuoted(): boolean {
    const from = this.#at + CDATA.length;
    const end = this.#xml.indexOf("]]>", from);
    const into = this.#open.at(-1);
    if (end < 0 || !into) return false;
    into.text += this.#xml.slice(from, end);
    this.#at = end + 3;
    return true;
  }

  #skipComment(): boolean {
    const end = this.#xml.indexOf("-->", this.#at + COMMENT.length);
    this.#at = end + 3;
    return end >= 0;
  }

  #takeOpening(): boolean {
    OPENING.lastIndex = this.#at;
    const found = OPENING.exec(this.#xml);
    const name = found?.[1];
    if (!found || name === undefined || (this.#root && this.#open.length === 0)) return false;
    this.#nodes += 1;
    if (this.#open.length >= DEPTH_MAX || this.#nodes > NODES_MAX) return false;
    this.#at = OPENING.lastIndex;
    this.#open.push({ name, text: "", children: [] });
    return found[2] === "/" ? this.#close(name) : true;
  }

  #takeClosing(): boolean {
    CLOSING.lastIndex = this.#at;
    const name = CLOSING.exec(this.#xml)?.[1];
    if (name === undefined) return false;
    this.#at = CLOSING.lastIndex;
    return this.#close(name);
  }

  #close(name: string): boolean {
    const closed = this.#open.pop();
    if (closed?.name !== name) return false;
    const node: XmlNode = { name, text: closed.text.trim(), children: closed.children };
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(node);
    else this.#root = node;
    return true;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** null: an entity that XML itself does not know. */
function unescaped(source: string): string | null {
  if (!source.includes("&")) return source;
  let known = true;
  const text = source.replace(/&(?:#x([\da-fA-F]{1,6});|#(\d{1,7});|([a-z]{2,4});)?/g, (_whole, hex, decimal, name) => {
    const character = name === undefined ? characterOf(hex, decimal) : ENTITIES[String(name)];
    known &&= character !== undefined;
    return character ?? "";
  });
  return known ? text : null;
}

function characterOf(hex: unknown, decimal: unknown): string | undefined {
  const code = typeof hex === "string" ? Number.parseInt(hex, 16) : typeof decimal === "string" ? Number(decimal) : -1;
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
