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
const QR = 280;
const QUIET = 4;
/** Where the code begins; nothing is written below beside it. */
const FOOT = HEIGHT - EDGE - PAD - QR;
/** Height of one benefit's line. */
const BENEFIT = 56;
const FONT = '-apple-system, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const BRAND = "#8f1d1a";
const ACT = "#c9221d";
const INK = "#1a1a1a";
const DIM = "#5f5b55";
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
  const cardTop = drawHead(pen, picture);
  drawCard(pen, cardTop);
  // Under the words, and clear of the code, which a camera has to read.
  if (poster.mark !== null) drawMark(pen, poster.mark);
  const textTop = drawInviter(pen, { top: cardTop + PAD, invites: poster.invites, avatar });
  drawTexts(pen, poster, textTop);
  drawFoot(pen, poster, code);
  try {
    return canvas.toDataURL("image/jpeg", JPEG);
  } catch {
    // A picture whose host allows no drawing after all.
    return null;
  }
}

/** Where the card below begins. */
function drawHead(pen: CanvasRenderingContext2D, picture: HTMLImageElement | null): number {
  pen.fillStyle = BRAND;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  if (!picture) {
    const shade = pen.createLinearGradient(0, 0, WIDTH, HEIGHT);
    shade.addColorStop(0, ACT);
    shade.addColorStop(0.6, BRAND);
    pen.fillStyle = shade;
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    return 110;
  }
  drawCovering(pen, picture, { x: 0, y: 0, width: WIDTH, height: 440 });
  return 390;
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

type Inviter = { readonly top: number; readonly invites: string; readonly avatar: HTMLImageElement | null };

function drawInviter(pen: CanvasRenderingContext2D, { top, invites, avatar }: Inviter): number {
  const size = 88;
  const left = EDGE + PAD;
  if (avatar) {
    pen.save();
    pen.beginPath();
    pen.arc(left + size / 2, top + size / 2, size / 2, 0, 2 * Math.PI);
    pen.clip();
    drawCovering(pen, avatar, { x: left, y: top, width: size, height: size });
    pen.restore();
  }
  const indent = avatar ? size + 24 : 0;
  const lines = write(pen, invites, {
    x: left + indent,
    y: top + (avatar ? 24 : 0),
    width: INNER - indent,
    size: 32,
    lines: avatar ? 1 : 2,
    colour: DIM,
  });
  return avatar ? top + size + 36 : lines + 28;
}

function drawTexts(pen: CanvasRenderingContext2D, { title, theme, time, benefits }: Poster, top: number): void {
  const x = EDGE + PAD;
  let y = write(pen, title, { x, y: top, width: INNER, size: 56, lines: 3, colour: INK, bold: true });
  if (theme) y = write(pen, theme, { x, y: y + 16, width: INNER, size: 32, lines: 2, colour: DIM });
  y = write(pen, time, { x, y: y + 24, width: INNER, size: 36, lines: 1, colour: ACT, bold: true });
  y += 28;
  for (const benefit of benefits) {
    if (y + BENEFIT > FOOT - 24) return;
    pen.fillStyle = ACT;
    pen.beginPath();
    pen.arc(x + 8, y + 21, 7, 0, 2 * Math.PI);
    pen.fill();
    write(pen, benefit, { x: x + 32, y, width: INNER - 32, size: 32, lines: 1, colour: INK });
    y += BENEFIT;
  }
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

/** Where the next thing may begin. */
function write(pen: CanvasRenderingContext2D, text: string, how: Writing): number {
  const { x, y, width, size, lines: max, colour, bold = false } = how;
  pen.font = `${bold ? "bold " : ""}${size}px ${FONT}`;
  pen.fillStyle = colour;
  const lines = wrappedLines(text, max, (line) => pen.measureText(line).width <= width);
  const step = Math.round(size * 1.35);
  lines.forEach((line, index) => pen.fillText(line, x, y + index * step));
  return y + lines.length * step;
}

function drawFoot(
  pen: CanvasRenderingContext2D,
  { scan, channel }: Poster,
  code: NonNullable<ReturnType<typeof qrMatrix>>,
): void {
  const left = WIDTH - EDGE - PAD - QR + 16;
  drawCode(pen, code, { x: left, y: FOOT, width: QR, height: QR });
  const width = INNER - QR - 8;
  const x = EDGE + PAD;
  const next = write(pen, scan, { x, y: FOOT + 90, width, size: 34, lines: 2, colour: INK, bold: true });
  write(pen, channel, { x, y: next + 12, width, size: 26, lines: 2, colour: DIM });
}

/** Whole pixels for each module, so that no camera meets a grey edge. */
function drawCode(pen: CanvasRenderingContext2D, code: NonNullable<ReturnType<typeof qrMatrix>>, box: Box): void {
  const modules = code.length + 2 * QUIET;
  const cell = Math.floor(box.width / modules);
  const offset = Math.floor((box.width - cell * modules) / 2) + QUIET * cell;
  pen.fillStyle = "#ffffff";
  pen.fillRect(box.x, box.y, box.width, box.height);
  pen.fillStyle = "#000000";
  code.forEach((line, row) =>
    line.forEach((isDark, column) => {
      if (isDark) pen.fillRect(box.x + offset + column * cell, box.y + offset + row * cell, cell, cell);
    }),
  );
}

function drawMark(pen: CanvasRenderingContext2D, mark: string): void {
  pen.save();
  pen.translate(WIDTH / 2, (HEIGHT - QR) / 2 + 60);
  pen.rotate(-Math.PI / 8);
  pen.textAlign = "center";
  pen.font = `bold 200px ${FONT}`;
  pen.fillStyle = "rgba(201, 34, 29, 0.12)";
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
