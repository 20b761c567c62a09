/**
 * PostgreSQL's text form of an array, for one parameter that holds many values: postgres.js would ask the server for the types of arrays at each connect, and takes
 * several times as long to write them.
 */
export function arrayText(values: readonly (string | number | null)[]): string {
  let text = "";
  for (const value of values) {
    const item = value === null ? "NULL" : typeof value === "number" ? String(value) : quoted(value);
    text += text === "" ? item : `,${item}`;
  }
  return `{${text}}`;
}

function quoted(value: string): string {
  const isPlain = !value.includes('"') && !value.includes("\\");
  return isPlain ? `"${value}"` : `"${value.replace(/["\\]/g, "\\$&")}"`;
}
