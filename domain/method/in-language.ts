import { catalogued, type MethodWords } from "./catalogue.ts";

/** A method as its reader reads it: where a field still has the catalogue's own words, in their language; what the team wrote stays. */
export function methodIn<T extends MethodWords & { readonly kind: string }>(row: T, language: "zh" | "en"): T {
  const known = catalogued(row.kind);
  if (!known) return row;
  const own = (field: keyof MethodWords): string => {
    const inTheirs = language === "en" ? known.en[field] : known[field];
    return row[field] === known[field] || row[field] === known.en[field] ? inTheirs : row[field];
  };
  return { ...row, title: own("title"), motive: own("motive"), ability: own("ability"), trigger: own("trigger") };
}
