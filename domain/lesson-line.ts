/** A lesson's line in 开播检查 carries its id. */
const LINE = "lesson-";
export const lessonLineId = (lessonId: string): string => LINE + lessonId;
export const isLessonLine = (lineId: string): boolean => lineId.startsWith(LINE);
