/** What the text says, or `undefined` where it is no JSON: for channels on which anybody may speak. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
