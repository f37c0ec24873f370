/**
 * The name that was probably meant: the nearest by edits, a swap of neighbours counting as one; the first of equals.
 *
 * @returns undefined where none is near
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const limit = Math.max(2, Math.floor(name.length / 4));
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const other of names) {
    if (Math.abs(other.length - name.length) > limit) continue;
    const edits = editsBetween(name, other);
    if (edits <= limit && edits < Math.min(name.length, other.length) && (!best || edits < best.edits)) best = { name: other, edits };
  }
  return best?.name;
}

/** Damerau's distance, restricted to one swap at a place. */
function editsBetween(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : change;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
