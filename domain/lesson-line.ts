/** A lesson's line in 开播检查 carries its id. */
const LINE = "lesson-";
export const lessonLineId = (lessonId: string): string => LINE + lessonId;
export const isLessonLine = (lineId: string): boolean => lineId.startsWith(LINE);

/** A plan check's line says of which lesson it is, about what, and the figure that breaks it: the higher, the better. */
const BREACH = "lesson:";
export const breachLineId = (lessonId: string, about: string, figure: number): string =>
  `${BREACH}${lessonId}:${about}:${figure}`;
/** Without `lessonId`: of any. */
export const isBreachLine = (lineId: string, lessonId?: string): boolean =>
  lineId.startsWith(lessonId === undefined ? BREACH : `${BREACH}${lessonId}:`);

/** Whether a waiver of one plan check's line holds for another: for the same lesson and product, and a figure that is no worse (LES8). */
export function covers(waivedId: string, lineId: string): boolean {
  const [waived, line] = [partsOf(waivedId), partsOf(lineId)];
  return waived.what === line.what && waived.figure <= line.figure;
}

function partsOf(lineId: string): { readonly what: string; readonly figure: number } {
  const end = lineId.lastIndexOf(":");
  return { what: lineId.slice(0, end), figure: Number(lineId.slice(end + 1)) };
}
