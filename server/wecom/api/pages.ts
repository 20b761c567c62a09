/** A part of a list, and the cursor of the next one: kept, the list can be read on from there later. */
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };

/** A list that goes on for ever is none: some cursors were seen to repeat. */
const PAGES_MAX = 100_000;

export async function* pagesOf<T>(
  read: (cursor: string) => Promise<Page<T>>,
  from: string | null = null,
): AsyncGenerator<Page<T>, void, undefined> {
  let cursor = from ?? "";
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const page = await read(cursor);
    const next = page.next === cursor ? null : page.next;
    yield { items: page.items, next };
    if (next === null) return;
    cursor = next;
  }
}

export async function everyItem<T>(pages: AsyncIterable<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
}
