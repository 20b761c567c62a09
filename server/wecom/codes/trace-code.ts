import type { Pixels } from "./png-pixels.ts";

/**
 * Draws a QR code's picture anew as squares, for print at any size. Nothing is decoded and nothing invented: the grid is found by the three corner marks, each
 * square is as dark as its middle in the picture, and what does not look like a code in every fixed place is refused.
 */
export type CodeGrid = { readonly side: number; readonly dark: (x: number, y: number) => boolean };

/** null: not surely a code, or not clean enough. */
export function traceCode({ width, height, grey }: Pixels): CodeGrid | null {
  const isDark = (x: number, y: number) => (grey[Math.floor(y) * width + Math.floor(x)] ?? 255) < 128;
  const box = darkBox(width, height, isDark);
  if (!box) return null;
  const mark = runOf(box.left, (x) => isDark(x, box.top));
  // A corner mark is seven squares wide.
  const square = mark / 7;
  const side = Math.round(box.size / square);
  if (square < 1.5 || (side - 17) % 4 !== 0 || side < 21 || side > 177) return null;
  const step = box.size / side;
  const cells = Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    return isDark(box.left + (x + 0.5) * step, box.top + (y + 0.5) * step);
  });
  const dark = (x: number, y: number) => cells[y * side + x] ?? false;
  return looksLikeCode({ side, dark }) ? { side, dark } : null;
}

export function codeSvg({ side, dark }: CodeGrid, title: string): string {
  const quiet = 4;
  const whole = side + 2 * quiet;
  const rows = Array.from({ length: side }, (_, y) =>
    runsOfRow(side, (x) => dark(x, y))
      .map(([x, length]) => `M${x + quiet} ${y + quiet}h${length}v1h-${length}z`)
      .join(""),
  );
  const name = title.replaceAll(/[<>&"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" shape-rendering="crispEdges"><title>${name}</title><path fill="#fff" d="M0 0h${whole}v${whole}H0z"/><path d="${rows.join("")}"/></svg>\n`;
}

type Box = { readonly left: number; readonly top: number; readonly size: number };

/** What is dark reaches as far as the code does: it has marks in three corners. */
function darkBox(width: number, height: number, isDark: (x: number, y: number) => boolean): Box | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isDark(x, y)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  const [across, down] = [right - left + 1, bottom - top + 1];
  return right < 0 || Math.abs(across - down) > Math.max(across, down) * 0.01
    ? null
    : { left, top, size: Math.max(across, down) };
}

function runOf(from: number, isDark: (at: number) => boolean): number {
  let length = 0;
  while (isDark(from + length)) length += 1;
  return length;
}

/** The corner marks with their white frames, and the two lines of alternating squares between them. */
function looksLikeCode({ side, dark }: CodeGrid): boolean {
  const corners = [
    [0, 0],
    [side - 7, 0],
    [0, side - 7],
  ] as const;
  for (const [left, top] of corners) {
    for (let at = 0; at < 81; at += 1) {
      const [x, y] = [(at % 9) - 1, Math.floor(at / 9) - 1];
      const [atX, atY] = [left + x, top + y];
      if (atX < 0 || atY < 0 || atX >= side || atY >= side) continue;
      const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
      if (dark(atX, atY) !== (ring === 3 || ring <= 1)) return false;
    }
  }
  for (let at = 8; at < side - 8; at += 1) {
    if (dark(at, 6) !== (at % 2 === 0) || dark(6, at) !== (at % 2 === 0)) return false;
  }
  return true;
}

function runsOfRow(side: number, isDark: (x: number) => boolean): (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  for (let x = 0; x < side;) {
    const length = runOf(x, (at) => at < side && isDark(at));
    if (length > 0) runs.push([x, length]);
    x += Math.max(1, length);
  }
  return runs;
}
