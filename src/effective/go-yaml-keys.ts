/** Orders keys as go-yaml v2 does: numbers within names by their size (`a2` before `a10`), letters after everything else. */
export function compareKeys(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  for (const [place, x] of a.entries()) {
    const y = b[place];
    if (y === undefined) break;
    if (x === y) continue;
    const letters = [isLetter(x), isLetter(y)];
    if (letters[0] && letters[1]) return codeOf(x) - codeOf(y);
    if (letters[0] || letters[1]) return letters[1] ? -1 : 1;
    return compareNumbers(a, b, place) || codeOf(x) - codeOf(y);
  }
  return a.length - b.length;
}

/** By the numbers that start at `place` in both, then by how many digits they have. */
function compareNumbers(a: readonly string[], b: readonly string[], place: number): number {
  // A zero that follows other digits is part of a larger number: both sides get a 1 in front, so that it weighs something.
  let start = 0n;
  if (a[place] === '0' || b[place] === '0') {
    for (let before = place - 1; before >= 0 && isDigit(a[before]); before--) {
      if (a[before] !== '0') {
        start = 1n;
        break;
      }
    }
  }
  const x = numberAt(a, place, start);
  const y = numberAt(b, place, start);
  if (x.value !== y.value) return x.value < y.value ? -1 : 1;
  return x.digits - y.digits;
}

function numberAt(characters: readonly string[], place: number, start: bigint): { readonly value: bigint; readonly digits: number } {
  let value = start;
  let digits = 0;
  for (; isDigit(characters[place + digits]); digits++) {
    value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(characters[place + digits]) - 48));
  }
  return { value, digits };
}

function codeOf(character: string | undefined): number {
  return character?.codePointAt(0) ?? 0;
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && /^\p{Nd}$/u.test(character);
}
