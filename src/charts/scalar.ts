/** The text of a scalar that somebody wrote; '' for a map, a list and null, of which `String` may throw. */
export function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The scalars of a list as texts; empty where there is no list. */
export function scalarTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(scalarText) : [];
}
