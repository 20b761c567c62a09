/** Fields of a draft as they are stored: what was only shown in other words was not changed. */
export function asStored<T extends object>(part: Partial<T>, shown: T | undefined, stored: T | undefined): Partial<T> {
  if (!shown || !stored) return part;
  const fields = Object.keys(part) as (keyof T)[];
  return fields.reduce((all, field) => (part[field] === shown[field] ? { ...all, [field]: stored[field] } : all), part);
}
