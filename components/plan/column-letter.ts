/** Column numbers from 0 as spreadsheets name them: A, Z, AA. */
export function columnLetter(col: number): string {
  const rest = Math.trunc(col / 26) - 1;
  return (rest >= 0 ? columnLetter(rest) : "") + String.fromCharCode(65 + (col % 26));
}
