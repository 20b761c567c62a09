import { INK, PICTURE_WIDTH, type Font, type Measure } from "./picture-pen.ts";
import { pictureOf, type Picture, type PictureOf } from "./picture.ts";

/** Twice as many pixels as a phone has CSS ones, so that letters stay sharp where the picture is enlarged. */
const SCALE = 2;
/** No browser draws a canvas much higher. */
const HEIGHT_MAX = 8_000;

/** System fonts alone: nothing is loaded, and Chinese is there on every machine that reads it. */
const FAMILY =
  '-apple-system, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", system-ui, sans-serif';

const cssFont = ({ size, bold = false }: Font) => `${bold ? 600 : 400} ${size}px ${FAMILY}`;

/** Draws the report as a PNG; throws when the browser gives no canvas. */
export async function drawPicture(of: PictureOf): Promise<Blob> {
  const canvas = document.createElement("canvas");
  // Shapes of Chinese characters follow the language of the page.
  canvas.lang = document.documentElement.lang;
  const context = contextOf(canvas);
  const measure: Measure = (text, font) => {
    context.font = cssFont(font);
    return context.measureText(text).width;
  };
  const picture = pictureOf(of, measure);
  canvas.width = PICTURE_WIDTH * SCALE;
  canvas.height = Math.min(picture.height, HEIGHT_MAX) * SCALE;
  draw(contextOf(canvas), picture);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the canvas gave no picture");
  return blob;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas in this browser");
  return context;
}

const HAS_ROUND = typeof CanvasRenderingContext2D !== "undefined" && "roundRect" in CanvasRenderingContext2D.prototype;

function draw(context: CanvasRenderingContext2D, { height, marks }: Picture): void {
  context.scale(SCALE, SCALE);
  context.fillStyle = INK.page;
  context.fillRect(0, 0, PICTURE_WIDTH, height);
  context.textBaseline = "alphabetic";
  for (const mark of marks) {
    context.fillStyle = INK[mark.ink];
    if (mark.kind === "text") {
      context.font = cssFont(mark.font);
      context.fillText(mark.text, mark.x, mark.y);
      continue;
    }
    context.beginPath();
    // Browsers of before 2023 draw the corners square.
    if (HAS_ROUND) context.roundRect(mark.x, mark.y, mark.width, mark.height, mark.round);
    else context.rect(mark.x, mark.y, mark.width, mark.height);
    context.fill();
  }
}
