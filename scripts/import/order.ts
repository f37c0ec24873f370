/** Order of characters, the same on every machine; a locale's order is not. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
