import { qrMatrix } from "../../ui/qr-matrix.ts";
import { wrappedLines } from "./wrapped-lines.ts";

/** The personal poster, drawn on the phone itself: the server makes none. */

export type Poster = {
  readonly title: string;
  readonly theme: string;
  readonly time: string;
  readonly invites: string;
  readonly scan: string;
  readonly channel: string;
  /** What the show offers, as on the landing page; as many as there is room for. */
  readonly benefits: readonly string[];
  /** Marks the poster of a rehearsal. */
  readonly mark: string | null;
  readonly link: string;
  /** Address of the show's picture, bytes of the person's own. */
  readonly pictureUrl: string | null;
  readonly avatar: Blob | null;
};

const WIDTH = 750;
const HEIGHT = 1_200;
const EDGE = 40;
const PAD = 44;
const INNER = WIDTH - 2 * (EDGE + PAD);
/** The code's own room; the white of the card around it is its quiet zone. */
const QR = 264;
/** Where the code begins; nothing is written below beside it. */
const FOOT = HEIGHT - EDGE - PAD - QR;
/** Height of one benefit's line. */
const BENEFIT = 56;
const FONT = '-apple-system, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const BRAND = "#8f1d1a";
const ACT = "#c9221d";
const INK = "#1a1a1a";
const DIM = "#5f5b55";
/** On the colour. */
const PALE = "rgba(255, 255, 255, 0.86)";
const PICTURE_MS = 6_000;
const JPEG = 0.92;

/**
 * A `data:` address, which WeChat saves by a long press (it saves no `blob:` everywhere). A picture that may not be drawn from (another host that does not
 * allow it) is left out: the poster is whole without. `null`: this browser draws nothing.
 */
export async function drawPoster(poster: Poster): Promise<string | null> {
  const [picture, avatar] = await Promise.all([
    poster.pictureUrl ? loadPicture(poster.pictureUrl) : null,
    poster.avatar ? loadBlob(poster.avatar) : null,
  ]);
  return drawn(poster, picture, avatar) ?? (picture || avatar ? drawn(poster, null, null) : null);
}

function drawn(poster: Poster, picture: HTMLImageElement | null, avatar: HTMLImageElement | null): string | null {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  const code = qrMatrix(poster.link);
  if (!pen || !code) return null;
  pen.textBaseline = "top";
  if (picture) drawWithPicture(pen, poster, { picture, avatar });
  else drawInWords(pen, poster, avatar);
  drawFoot(pen, poster, code);
  try {
    return canvas.toDataURL("image/jpeg", JPEG);
  } catch {
    // A picture whose host allows no drawing after all.
    return null;
  }
}

type Pictures = { readonly picture: HTMLImageElement; readonly avatar: HTMLImageElement | null };

/** The show's picture above, all words on the card below it. */
function drawWithPicture(pen: CanvasRenderingContext2D, poster: Poster, { picture, avatar }: Pictures): void {
  const cardTop = 390;
  pen.fillStyle = BRAND;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  drawCovering(pen, picture, { x: 0, y: 0, width: WIDTH, height: 440 });
  drawCard(pen, cardTop);
  // Under the words, and clear of the code, which a camera has to read.
  if (poster.mark !== null)
    drawMark(pen, poster.mark, { y: (HEIGHT - QR) / 2 + 60, colour: "rgba(201, 34, 29, 0.12)" });
  const inviter = drawInviter(pen, { top: cardTop + PAD, invites: poster.invites, avatar, colour: DIM });
  const { title, theme, time, benefits } = poster;
  const x = EDGE + PAD;
  let y = write(pen, title, { x, y: inviter, width: INNER, size: 56, lines: 3, colour: INK, bold: true });
  if (theme) y = write(pen, theme, { x, y: y + 16, width: INNER, size: 32, lines: 2, colour: DIM });
  y = write(pen, time, { x, y: y + 24, width: INNER, size: 36, lines: 1, colour: ACT, bold: true });
  drawBenefits(pen, benefits.slice(0, Math.max(0, Math.floor((FOOT - 24 - y - 28) / BENEFIT))), y + 28);
}

const SHOWN_IN_WORDS = 4;
/** Height of the time's pill. */
const PILL = 76;

/** Without a picture the words are one: large on the colour, in the middle of what the card leaves; the card is as high as it needs. */
function drawInWords(pen: CanvasRenderingContext2D, poster: Poster, avatar: HTMLImageElement | null): void {
  const height = layHead(pen, { poster, avatar, top: 0 }, (text, how) => measured(pen, text, how)) + PILL;
  const topOf = (shown: number) => FOOT - PAD - (shown > 0 ? shown * BENEFIT + 28 : 0);
  // A long title leaves room for fewer.
  let shown = Math.min(poster.benefits.length, SHOWN_IN_WORDS);
  while (shown > 0 && topOf(shown) < height + 2 * PAD) shown -= 1;
  const cardTop = topOf(shown);
  drawGround(pen, cardTop);
  if (poster.mark !== null) drawMark(pen, poster.mark, { y: cardTop / 2, colour: "rgba(255, 255, 255, 0.14)" });
  const top = Math.max(PAD, Math.round((cardTop - height) / 2));
  drawPill(pen, poster.time, layHead(pen, { poster, avatar, top }));
  drawCard(pen, cardTop);
  drawBenefits(pen, poster.benefits.slice(0, shown), cardTop + PAD);
}

function drawGround(pen: CanvasRenderingContext2D, cardTop: number): void {
  const shade = pen.createLinearGradient(0, 0, WIDTH, HEIGHT);
  shade.addColorStop(0, ACT);
  shade.addColorStop(0.6, BRAND);
  pen.fillStyle = shade;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "rgba(255, 255, 255, 0.07)";
  for (const [x, y, radius] of [
    [WIDTH - 60, 40, 300],
    [20, cardTop - 20, 220],
  ] as const) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
  }
}

type HeadAt = { readonly poster: Poster; readonly avatar: HTMLImageElement | null; readonly top: number };

/** Who invites, title and theme; where the time stands below them. Without `how` it is drawn. */
function layHead(pen: CanvasRenderingContext2D, { poster, avatar, top }: HeadAt, how?: Laying): number {
  const { title, theme, invites } = poster;
  const lay = how ?? ((text, at) => write(pen, text, at));
  const at = { x: EDGE + PAD, width: INNER };
  let y = drawInviter(pen, { top, invites, avatar, colour: PALE }, how);
  y = lay(title, { ...at, ...titleSize(pen, title), y, colour: "#ffffff", bold: true });
  if (theme) y = lay(theme, { ...at, y: y + 20, size: 36, lines: 2, colour: PALE });
  return y + 36;
}

/** As large as leaves it three lines; a long one is smaller. */
function titleSize(pen: CanvasRenderingContext2D, title: string): { size: number; lines: number } {
  const at = { x: 0, y: 0, width: INNER, lines: 9, colour: INK, bold: true };
  const rows = (size: number) => measured(pen, title, { ...at, size }) / Math.round(size * LINE);
  const size = [92, 76, 60].find((one) => rows(one) <= 3) ?? 52;
  return { size, lines: size === 52 ? 4 : 3 };
}

function drawPill(pen: CanvasRenderingContext2D, time: string, y: number): void {
  const widthAt = (size: number) => {
    pen.font = `bold ${size}px ${FONT}`;
    return pen.measureText(time).width;
  };
  // English says the same in more room.
  const size = [36, 32].find((one) => widthAt(one) <= INNER - 64) ?? 28;
  const width = Math.min(INNER, widthAt(size) + 64);
  pen.fillStyle = "#ffffff";
  roundedBox(pen, { x: EDGE + PAD, y, width, height: PILL }, PILL / 2);
  pen.fill();
  const top = y + Math.round((PILL - size * LINE) / 2) + 5;
  write(pen, time, { x: EDGE + PAD + 32, y: top, width: INNER - 64, size, lines: 1, colour: ACT, bold: true });
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The middle of a picture, in its own proportions. */
function drawCovering(pen: CanvasRenderingContext2D, picture: HTMLImageElement, { x, y, width, height }: Box): void {
  const { naturalWidth, naturalHeight } = picture;
  const scale = Math.max(width / naturalWidth, height / naturalHeight);
  const [w, h] = [width / scale, height / scale];
  pen.drawImage(picture, (naturalWidth - w) / 2, (naturalHeight - h) / 2, w, h, x, y, width, height);
}

function drawCard(pen: CanvasRenderingContext2D, top: number): void {
  pen.fillStyle = "#ffffff";
  roundedBox(pen, { x: EDGE, y: top, width: WIDTH - 2 * EDGE, height: HEIGHT - top - EDGE }, 32);
  pen.fill();
}

/** Phones older than 2022 have no `roundRect`. */
function roundedBox(pen: CanvasRenderingContext2D, { x, y, width, height }: Box, radius: number): void {
  pen.beginPath();
  pen.moveTo(x + radius, y);
  pen.arcTo(x + width, y, x + width, y + height, radius);
  pen.arcTo(x + width, y + height, x, y + height, radius);
  pen.arcTo(x, y + height, x, y, radius);
  pen.arcTo(x, y, x + width, y, radius);
  pen.closePath();
}

type Inviter = {
  readonly top: number;
  readonly invites: string;
  readonly avatar: HTMLImageElement | null;
  readonly colour: string;
};

/** Where what stands below it may begin. Without `how` it is drawn. */
function drawInviter(pen: CanvasRenderingContext2D, { top, invites, avatar, colour }: Inviter, how?: Laying): number {
  const lay = how ?? ((text, at) => write(pen, text, at));
  const size = 88;
  const left = EDGE + PAD;
  if (avatar && !how) {
    pen.save();
    pen.beginPath();
    pen.arc(left + size / 2, top + size / 2, size / 2, 0, 2 * Math.PI);
    pen.clip();
    drawCovering(pen, avatar, { x: left, y: top, width: size, height: size });
    pen.restore();
  }
  const indent = avatar ? size + 24 : 0;
  const lines = lay(invites, {
    x: left + indent,
    y: top + (avatar ? 24 : 0),
    width: INNER - indent,
    size: 32,
    lines: avatar ? 1 : 2,
    colour,
  });
  return avatar ? top + size + 36 : lines + 28;
}

function drawBenefits(pen: CanvasRenderingContext2D, benefits: readonly string[], top: number): void {
  const x = EDGE + PAD;
  benefits.forEach((benefit, index) => {
    const y = top + index * BENEFIT;
    pen.fillStyle = ACT;
    pen.beginPath();
    pen.arc(x + 8, y + 21, 7, 0, 2 * Math.PI);
    pen.fill();
    write(pen, benefit, { x: x + 32, y, width: INNER - 32, size: 32, lines: 1, colour: INK });
  });
}

type Writing = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly lines: number;
  readonly colour: string;
  readonly bold?: boolean;
};

/** Lays a text out, and says where the next thing may begin. */
type Laying = (text: string, how: Writing) => number;

const LINE = 1.35;

function write(pen: CanvasRenderingContext2D, text: string, how: Writing): number {
  const { x, y, size, colour } = how;
  const lines = linesOf(pen, text, how);
  pen.fillStyle = colour;
  lines.forEach((line, index) => pen.fillText(line, x, y + index * Math.round(size * LINE)));
  return y + lines.length * Math.round(size * LINE);
}

/** As `write`, drawing nothing. */
const measured = (pen: CanvasRenderingContext2D, text: string, how: Writing): number =>
  how.y + linesOf(pen, text, how).length * Math.round(how.size * LINE);

function linesOf(pen: CanvasRenderingContext2D, text: string, { width, size, lines, bold = false }: Writing) {
  pen.font = `${bold ? "bold " : ""}${size}px ${FONT}`;
  return wrappedLines(text, lines, (line) => pen.measureText(line).width <= width);
}

function drawFoot(
  pen: CanvasRenderingContext2D,
  { scan, channel }: Poster,
  code: NonNullable<ReturnType<typeof qrMatrix>>,
): void {
  drawCode(pen, code);
  const width = INNER - QR - 32;
  const x = EDGE + PAD;
  const next = write(pen, scan, { x, y: FOOT + 90, width, size: 34, lines: 2, colour: INK, bold: true });
  write(pen, channel, { x, y: next + 12, width, size: 26, lines: 2, colour: DIM });
}

/** In the card's corner. Whole pixels for each module, so that no camera meets a grey edge. */
function drawCode(pen: CanvasRenderingContext2D, code: NonNullable<ReturnType<typeof qrMatrix>>): void {
  const cell = Math.floor(QR / code.length);
  const x = WIDTH - EDGE - PAD - cell * code.length;
  const y = HEIGHT - EDGE - PAD - cell * code.length;
  pen.fillStyle = "#000000";
  code.forEach((line, row) =>
    line.forEach((isDark, column) => {
      if (isDark) pen.fillRect(x + column * cell, y + row * cell, cell, cell);
    }),
  );
}

type MarkAt = { readonly y: number; readonly colour: string };

function drawMark(pen: CanvasRenderingContext2D, mark: string, { y, colour }: MarkAt): void {
  pen.save();
  pen.translate(WIDTH / 2, y);
  pen.rotate(-Math.PI / 8);
  pen.textAlign = "center";
  pen.font = `bold 200px ${FONT}`;
  pen.fillStyle = colour;
  pen.fillText(mark, 0, -100);
  pen.restore();
}

/** `crossOrigin`: else a picture of another host would make the canvas unreadable. */
function loadPicture(url: string): Promise<HTMLImageElement | null> {
  return new Promise((resolve) => {
    const image = new Image();
    const late = setTimeout(() => resolve(null), PICTURE_MS);
    const done = (found: HTMLImageElement | null) => {
      clearTimeout(late);
      resolve(found && found.naturalWidth > 0 ? found : null);
    };
    image.crossOrigin = "anonymous";
    image.referrerPolicy = "no-referrer";
    image.onload = () => done(image);
    image.onerror = () => done(null);
    image.src = url;
  });
}

async function loadBlob(blob: Blob): Promise<HTMLImageElement | null> {
  const url = URL.createObjectURL(blob);
  try {
    return await loadPicture(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
