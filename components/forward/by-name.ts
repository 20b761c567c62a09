const names = new Intl.Collator("zh-CN", { numeric: true });

/** As people look for a name: 示例群 2 before 示例群 10; what has none last. */
export const byName = (a: { readonly name: string | null }, b: { readonly name: string | null }): number =>
  Number(!a.name) - Number(!b.name) || names.compare(a.name ?? "", b.name ?? "");
