import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { promised } from "#tests/support/machine-pace.ts";
import { parseCallbackXml, type XmlNode } from "./callback-xml.ts";

const textOf = (xml: string, name: string) =>
  parseCallbackXml(xml)?.children.find((child) => child.name === name)?.text;

describe("the reader of callbacks", () => {
  it("takes children in any order, with CDATA or without, with blanks and a declaration", () => {
    const xml = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
      <xml>
        <AgentID></AgentID>
        <Encrypt ><![CDATA[a+b/c=]]></Encrypt >
        <!-- nothing --><ToUserName>
          ww-example
        </ToUserName>
        <Empty/>
      </xml >
    `;
    expect(textOf(xml, "AgentID")).toBe("");
    expect(textOf(xml, "Encrypt")).toBe("a+b/c=");
    expect(textOf(xml, "ToUserName")).toBe("ww-example");
    expect(textOf(xml, "Empty")).toBe("");
  });

  it("reads lists inside, and CDATA that holds what looks like a tag", () => {
    const xml = "<xml><L><Item><![CDATA[<a>&b;]]></Item><Item>2</Item></L><T><![CDATA[a]]>]]<![CDATA[b]]></T></xml>";
    const list = parseCallbackXml(xml)?.children.find(({ name }) => name === "L");
    expect(list?.children.map(({ text }) => text)).toEqual(["<a>&b;", "2"]);
    expect(textOf(xml, "T")).toBe("a]]b");
  });

  it("knows the five entities of XML and characters by number, and no other", () => {
    expect(textOf("<xml><T>&lt;&gt;&amp;&quot;&apos;&#31034;&#x793a;</T></xml>", "T")).toBe(`<>&"'示示`);
    for (const entity of ["&nbsp;", "&a;", "&", "&#0;", "&#xD800;", "&#x110000;", "&#;", "&lt", "&toString;"]) {
      expect(parseCallbackXml(`<xml><T>${entity}</T></xml>`), entity).toBeNull();
    }
  });

  it("refuses document types, instructions, attributes and whatever else has no business there", () => {
    const refused = [
      '<!DOCTYPE xml [<!ENTITY a "b">]><xml/>',
      '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><T>&a;</T></xml>',
      '<?xml version="1.0"?><!DOCTYPE xml><xml/>',
      "<xml><!DOCTYPE x></xml>",
      "<xml><?php echo 1 ?></xml>",
      '<xml a="b"/>',
      "<xml><a></b></xml>",
      "<xml><a></xml></a>",
      "<xml></xml><xml></xml>",
      "<xml></xml>tail",
      "head<xml></xml>",
      "<xml><a>",
      "<xml><![CDATA[never ends</xml>",
      "<![CDATA[outside]]><xml/>",
      "<xml><!-- never ends</xml>",
      "</xml>",
      "<>",
      "< xml/>",
      "<xml",
      "",
      "text",
    ];
    for (const xml of refused) expect(parseCallbackXml(xml), xml).toBeNull();
  });

  it("is bounded in depth and number, and its time grows with the text alone", () => {
    expect(parseCallbackXml("<a>".repeat(100_000) + "</a>".repeat(100_000))).toBeNull();
    expect(parseCallbackXml(`<xml>${"<a/>".repeat(100_000)}</xml>`)).toBeNull();
    const bomb = `<!DOCTYPE l [<!ENTITY a "ha">${'<!ENTITY b "&a;&a;">'.repeat(5_000)}]><xml>&b;</xml>`;
    const hard = [bomb, "<xml>".padEnd(250_000, " "), `<${"a".repeat(250_000)}`, "<xml><a".padEnd(250_000, " ")];
    const limit = promised(1_000);
    const startedAt = performance.now();
    for (const xml of [...hard, `<xml>${"&".repeat(250_000)}`, `<xml>${"]]".repeat(125_000)}`]) {
      expect(parseCallbackXml(xml)).toBeNull();
    }
    expect(performance.now() - startedAt).toBeLessThan(limit.onThisMachine());
  });

  it("reads back every tree that is written", () => {
    const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,8}$/);
    const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const text = fc
      .string({ unit: "grapheme" })
      .map((value) => value.trim())
      .filter((value) => !value.includes("]]>"));
    const { node } = fc.letrec<{ node: XmlNode }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.record({ name, text, children: fc.constant([]) }),
        fc.record({ name, text: fc.constant(""), children: fc.array(tie("node"), { maxLength: 4 }) }),
      ),
    }));
    const write = ({ name: tag, text: inside, children }: XmlNode, quoted: boolean): string => {
      const body = inside === "" ? children.map((child) => write(child, !quoted)).join("\n") : inside;
      const shown = inside === "" ? body : quoted ? `<![CDATA[${body}]]>` : escaped(body);
      return `<${tag}>${shown}</${tag} >`;
    };
    fc.assert(
      fc.property(node, fc.boolean(), (tree, quoted) => {
        expect(parseCallbackXml(write(tree, quoted))).toEqual(tree);
      }),
    );
  });

  it("never throws", () => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      "/",
      "xml",
      "<xml>",
      "</xml>",
      "<![CDATA[",
      "]]>",
      "<!--",
      "-->",
      "&",
      ";",
      "&lt;",
      " ",
      "<?",
      "<!",
    );
    fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => void parseCallbackXml(parts.join(""))));
  });
});
