/** Whether the server has newer pages than the one that is open: scripts are named after their contents. Pure. */

const SCRIPT = /\/_next\/static\/[^"'\s\\<>?]+\.js/g;

export const scriptsIn = (html: string): ReadonlySet<string> => new Set(html.match(SCRIPT) ?? []);

/** True where the page as it is served now names a script that this page has never loaded. A page without scripts says nothing. */
export function isNewer(served: ReadonlySet<string>, loaded: ReadonlySet<string>): boolean {
  return loaded.size > 0 && [...served].some((name) => !loaded.has(name));
}
