/**
 * The word that was probably meant; undefined where none is near. Near is one slip for up to four letters, two for up to eight, three
 * beyond; a slip is a letter too many, too few, another, or two of them swapped (Damerau and Levenshtein). Upper and lower case are one.
 * Failing that, the word that begins alike for more than half of its length: `replicas` for `replicaCount`.
 */
export function meant(word: string, known: Iterable<string>): string | undefined {
  const allowed = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
  let nearest: string | undefined;
  let least = allowed + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const slips = slipsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (slips >= least) continue;
    [nearest, least] = [candidate, slips];
  }
  return nearest ?? beginningLike(word.toLowerCase(), known);
}

function beginningLike(word: string, known: Iterable<string>): string | undefined {
  let longest: string | undefined;
  let most = Math.max(4, word.length / 2);
  for (const candidate of known) {
    const common = commonStart(word, candidate.toLowerCase());
    if (common <= most || common <= candidate.length / 2) continue;
    [longest, most] = [candidate, common];
  }
  return longest;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function slipsBetween(a: string, b: string): number {
  let before: readonly number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(changed, (last[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      here.push(least);
    }
    [before, last] = [last, here];
  }
  return last[b.length] ?? 0;
}
