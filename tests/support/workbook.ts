import { strToU8, zipSync } from "fflate";

/** A cell of a workbook made for a test: text, a number in exactly these digits, a date by its serial, a formula's result. */
export type BookCell =
  | string
  | { readonly digits: string }
  | { readonly serial: number; readonly format: string }
  | { readonly formula: string; readonly result: string }
  | { readonly error: string }
  | null;

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest > 0 ? letters(rest - 1) : ""}${String.fromCharCode(65 + (column % 26))}`;
}

class Styles {
  readonly formats: string[] = [];

  indexOf(format: string): number {
    const known = this.formats.indexOf(format);
    return (known >= 0 ? known : this.formats.push(format) - 1) + 1;
  }

  xml(): string {
    const formats = this.formats
      .map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escape(code)}"/>`)
      .join("");
    const xfs = this.formats
      .map((_, index) => `<xf numFmtId="${164 + index}" fontId="0" applyNumberFormat="1"/>`)
      .join("");
    return `<styleSheet><numFmts count="${this.formats.length}">${formats}</numFmts><cellXfs><xf numFmtId="0"/>${xfs}</cellXfs></styleSheet>`;
  }
}

function cellXml(cell: BookCell, address: string, strings: string[], styles: Styles): string {
  if (cell === null || cell === "") return "";
  if (typeof cell === "string") return `<c r="${address}" t="s"><v>${strings.push(cell) - 1}</v></c>`;
  if ("digits" in cell) return `<c r="${address}"><v>${cell.digits}</v></c>`;
  if ("serial" in cell) return `<c r="${address}" s="${styles.indexOf(cell.format)}"><v>${cell.serial}</v></c>`;
  if ("error" in cell) return `<c r="${address}" t="e"><v>${escape(cell.error)}</v></c>`;
  return `<c r="${address}" t="str"><f>${escape(cell.formula)}</f><v>${escape(cell.result)}</v></c>`;
}

/** Bytes of an .xlsx with these sheets, built the way spreadsheets build it: shared strings, styles, relations. */
export function workbook(sheets: Readonly<Record<string, readonly (readonly BookCell[])[]>>): Uint8Array {
  const strings: string[] = [];
  const styles = new Styles();
  const names = Object.keys(sheets);
  const parts: Record<string, Uint8Array> = {};
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  for (const [index, name] of names.entries()) {
    const rows = (sheets[name] ?? []).map(
      (row, r) =>
        `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, `${letters(c)}${r + 1}`, strings, styles)).join("")}</row>`,
    );
    parts[`xl/worksheets/sheet${index + 1}.xml`] = strToU8(
      `${head}<worksheet><sheetData>${rows.join("")}</sheetData></worksheet>`,
    );
  }
  const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${rel}/${kind}" Target="${target}"/>`;
  const tabs = names
    .map((name, index) => `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join("");
  parts["[Content_Types].xml"] = strToU8(`${head}<Types/>`);
  parts["_rels/.rels"] = strToU8(
    `${head}<Relationships>${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
  );
  parts["xl/workbook.xml"] = strToU8(`${head}<workbook><sheets>${tabs}</sheets></workbook>`);
  const others = relation("rS", "sharedStrings", "sharedStrings.xml") + relation("rT", "styles", "styles.xml");
  const own = names
    .map((_, index) => relation(`rId${index + 1}`, "worksheet", `worksheets/sheet${index + 1}.xml`))
    .join("");
  parts["xl/_rels/workbook.xml.rels"] = strToU8(`${head}<Relationships>${own}${others}</Relationships>`);
  parts["xl/sharedStrings.xml"] = strToU8(
    `${head}<sst>${strings.map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`).join("")}</sst>`,
  );
  parts["xl/styles.xml"] = strToU8(head + styles.xml());
  return zipSync(parts);
}
