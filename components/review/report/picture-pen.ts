import { wrapText, type WidthOf } from "./wrap-text.ts";

/** Lays things out from top to bottom on a strip of fixed width, measuring text as it goes. Pure: what it gives is a list of marks to draw. */

/** CSS pixels; the picture itself has twice as many. */
export const PICTURE_WIDTH = 540;
export const MARGIN = 28;
export const INNER = PICTURE_WIDTH - 2 * MARGIN;

export const INK = {
  page: "#ffffff",
  ink: "#14181f",
  dim: "#566070",
  line: "#e4e8ee",
  soft: "#f3f5f8",
  sure: "#1c7f51",
  wait: "#8a5a00",
  waitSoft: "#fdf3dc",
  private: "#6a5be2",
  public: "#0f86b8",
  plain: "#98a2b0",
  money: "#4d6a94",
} as const;
export type Ink = keyof typeof INK;

export type Font = { readonly size: number; readonly bold?: boolean };

export type Mark =
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly font: Font;
      readonly ink: Ink;
    }
  | {
      readonly kind: "box";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly ink: Ink;
      readonly round: number;
    };

/** Width of a text in a font, CSS pixels. */
export type Measure = (text: string, font: Font) => number;

export type TextBox = {
  readonly x?: number;
  readonly width?: number;
  readonly font: Font;
  readonly ink?: Ink;
  readonly align?: "left" | "right";
};

const LEADING = 1.45;

export class Pen {
  readonly marks: Mark[] = [];
  y = MARGIN;
  readonly #measure: Measure;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  space(height: number): void {
    this.y += height;
  }

  /** Text at the pen's height, broken into as many lines as it needs; gives its height and leaves the pen where it is. */
  put(text: string, { x = MARGIN, width = INNER, font, ink = "ink", align = "left" }: TextBox): number {
    const widthOf: WidthOf = (part) => this.#measure(part, font);
    const lines = wrapText(text, width, widthOf);
    const height = font.size * LEADING;
    lines.forEach((line, index) => {
      if (line === "") return;
      const left = align === "left" ? x : x + width - widthOf(line);
      // The baseline of system CJK fonts lies at 0.88 of the letter's height.
      const y = this.y + index * height + (height - font.size) / 2 + font.size * 0.88;
      this.marks.push({ kind: "text", x: left, y, text: line, font, ink });
    });
    return lines.length * height;
  }

  /** Text on lines of its own. */
  paragraph(text: string, box: TextBox): void {
    this.y += this.put(text, box);
  }

  /** The largest of the sizes in which the text fits on one line. */
  headline(text: string, sizes: readonly number[]): void {
    const fits = sizes.find((size) => this.#measure(text, { size, bold: true }) <= INNER);
    this.paragraph(text, { font: { size: fits ?? sizes.at(-1) ?? 24, bold: true } });
  }

  /** A text at the left, a figure at the right that keeps its width, each broken within its own column. */
  row(
    left: string,
    right: string,
    options: { readonly font?: Font; readonly ink?: Ink; readonly rightInk?: Ink } = {},
  ): void {
    const { font = { size: 15 }, ink = "ink", rightInk = "ink" } = options;
    const bold = { ...font, bold: true };
    const rightWidth = right === "" ? 0 : Math.min(INNER * 0.5, Math.ceil(this.#measure(right, bold)) + 1);
    const leftHeight = this.put(left, { font, ink, width: INNER - rightWidth - (rightWidth > 0 ? 16 : 0) });
    const rightHeight =
      right === ""
        ? 0
        : this.put(right, {
            x: MARGIN + INNER - rightWidth,
            width: rightWidth,
            font: bold,
            ink: rightInk,
            align: "right",
          });
    this.y += Math.max(leftHeight, rightHeight);
  }

  box(box: {
    readonly x?: number;
    readonly width?: number;
    readonly height: number;
    readonly ink: Ink;
    readonly round?: number;
  }): void {
    const { x = MARGIN, width = INNER, height, ink, round = 0 } = box;
    this.marks.push({ kind: "box", x, y: this.y, width, height, ink, round });
  }

  /** A paragraph on a ground of its own. */
  note(text: string, ink: Ink, ground: Ink): void {
    const top = this.y;
    const first = this.marks.length;
    this.y += 5;
    this.paragraph(text, { x: MARGIN + 10, width: INNER - 20, font: { size: 14, bold: true }, ink });
    this.y += 5;
    const box: Mark = { kind: "box", x: MARGIN, y: top, width: INNER, height: this.y - top, ink: ground, round: 6 };
    this.marks.splice(first, 0, box);
  }

  rule(): void {
    this.box({ height: 1, ink: "line" });
    this.y += 1;
  }

  /** A bar of which the shares, 0 to 1, are filled one after the other. */
  bar(shares: readonly { readonly share: number; readonly ink: Ink }[], height: number): void {
    this.box({ height, ink: "soft", round: height / 2 });
    const end = MARGIN + INNER;
    let x = MARGIN;
    for (const { share, ink } of shares) {
      const width = Math.min(end - x, Math.max(0, share) * INNER);
      // Something there is seen, however little.
      const seen = share > 0 ? Math.max(2, width) : 0;
      const round = shares.length === 1 ? height / 2 : 0;
      if (seen > 0) this.box({ x: Math.min(x, end - seen), width: seen, height, ink, round });
      x += width;
    }
    this.y += height;
  }

  /** Cells of a figure with its name above, in columns; each row as high as its highest cell. */
  grid(
    cells: readonly { readonly label: string; readonly value: string; readonly sub: string }[],
    columns: number,
  ): void {
    const gap = 20;
    const width = (INNER - gap * (columns - 1)) / columns;
    for (let at = 0; at < cells.length; at += columns) {
      const heights = cells.slice(at, at + columns).map(({ label, value, sub }, index) => {
        const x = MARGIN + index * (width + gap);
        const top = this.y;
        this.y += this.put(label, { x, width, font: { size: 13 }, ink: "dim" });
        this.y += this.put(value, { x, width, font: { size: 20, bold: true } });
        if (sub !== "") this.y += this.put(sub, { x, width, font: { size: 12 }, ink: "dim" });
        const height = this.y - top;
        this.y = top;
        return height;
      });
      this.y += Math.max(...heights) + 14;
    }
  }
}
