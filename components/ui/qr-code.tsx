import { useMemo } from "react";
import { cn } from "./cn.ts";
import { qrMatrix } from "./qr-matrix.ts";

/** Light modules around the code, without which cameras don't find it. */
const QUIET = 4;

/** A link to be taken up by a phone's camera: dark on white in any surroundings. Nothing where the text is too long. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const matrix = useMemo(() => qrMatrix(text), [text]);
  if (!matrix) return null;
  const size = matrix.length + 2 * QUIET;
  const path = matrix
    .flatMap((line, row) => line.map((isDark, column) => (isDark ? `M${column + QUIET} ${row + QUIET}h1v1h-1z` : "")))
    .join("");
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} className={cn("bg-white", className)}>
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
