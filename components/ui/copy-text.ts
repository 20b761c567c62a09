/** `false` where the browser lets no page copy. WeChat's older browsers have no clipboard for pages, but the old way. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Absent where the page is not served over https.
    if (window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: the old way may still be allowed.
  }
  return copiedBySelection(text);
}

function copiedBySelection(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "fixed top-0 left-0 opacity-0";
  document.body.append(field);
  field.select();
  field.setSelectionRange(0, text.length);
  // oxlint-disable-next-line typescript/no-deprecated -- the only way in a page without https
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
