type Step =
  | { readonly form: 'any' }
  | { readonly form: 'star' }
  | { readonly form: 'one'; readonly character: string }
  | { readonly form: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [low: number, high: number])[] };

/**
 * How many characters of the start of a text a shell pattern can match, shortest first: `*`, `?`, `[a-z]`, `[^a]`, and a backslash. A
 * pattern that is none, such as `[`, matches nothing. Walks the text once, whatever the pattern.
 */
export function matchingPrefixes(pattern: string, text: string): readonly number[] {
  const steps = stepsOf([...pattern]);
  if (!steps) return [];
  const found: number[] = [];
  let places = reach(steps, new Set([0]));
  let length = 0;
  for (const character of text) {
    const next = new Set<number>();
    for (const place of places) {
      const step = steps[place];
      if (step?.form === 'star') next.add(place);
      else if (step && matches(step, character)) next.add(place + 1);
    }
    length++;
    places = reach(steps, next);
    if (places.has(steps.length)) found.push(length);
    if (places.size === 0) break;
  }
  return found;
}

/** A star may be passed at once. */
function reach(steps: readonly Step[], places: Set<number>): Set<number> {
  for (const place of places) if (steps[place]?.form === 'star') places.add(place + 1);
  return places;
}

function matches(step: Step, character: string): boolean {
  if (step.form === 'one') return step.character === character;
  if (step.form !== 'class') return true;
  const code = character.codePointAt(0) ?? 0;
  return step.ranges.some(([low, high]) => low <= code && code <= high) !== step.negated;
}

function stepsOf(pattern: readonly string[]): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (let place = 0; place < pattern.length; ) {
    const character = pattern[place] ?? '';
    place++;
    if (character === '*') steps.push({ form: 'star' });
    else if (character === '?') steps.push({ form: 'any' });
    else if (character === '\\') {
      const escaped = pattern[place];
      if (escaped === undefined) return undefined;
      steps.push({ form: 'one', character: escaped });
      place++;
    } else if (character === '[') {
      const read = classAt(pattern, place);
      if (!read) return undefined;
      steps.push(read.step);
      place = read.end;
    } else steps.push({ form: 'one', character });
  }
  return steps;
}

function classAt(pattern: readonly string[], start: number): { readonly step: Step; readonly end: number } | undefined {
  let place = start;
  const negated = pattern[place] === '^';
  if (negated) place++;
  const ranges: (readonly [number, number])[] = [];
  const bound = (): number | undefined => {
    if (pattern[place] === '\\') place++;
    else if (pattern[place] === '-' || pattern[place] === ']') return undefined;
    const code = pattern[place]?.codePointAt(0);
    place++;
    return place < pattern.length ? code : undefined; // something must follow, if only the bracket
  };
  while (pattern[place] !== ']' || ranges.length === 0) {
    const low = bound();
    if (low === undefined) return undefined;
    let high = low;
    if (pattern[place] === '-') {
      place++;
      const end = bound();
      if (end === undefined) return undefined;
      high = end;
    }
    ranges.push([low, high]);
  }
  return { step: { form: 'class', negated, ranges }, end: place + 1 };
}
