import { type CharTest, isWord } from './pattern-classes';
import { PatternError } from './pattern-error';
import { type Assertion, parsePattern, type Syntax } from './pattern-syntax';

/** A regular expression that answers in time linear in the text, whatever it is: patterns come from repositories we do not know. */
export interface Pattern {
  /** Whether it matches anywhere in the text, as Go's `MatchString`. */
  readonly matches: (text: string) => boolean;
}

type Step =
  | { readonly type: 'char'; readonly test: CharTest; readonly next: number }
  | { readonly type: 'assert'; readonly what: Assertion; readonly next: number }
  | { readonly type: 'split'; readonly next: readonly number[] }
  | { readonly type: 'match' };

/** Repetitions are written out: `(.{1000}){1000}` would take all memory. Go's limit for the same is 1000 repetitions in all. */
const MAX_STEPS = 20_000;

const ALWAYS: Pattern = { matches: () => true };

/**
 * A pattern that has to match the whole text, as kustomize takes those of a target; '' matches all.
 *
 * @throws PatternError
 */
export function wholePattern(pattern: string): Pattern {
  if (pattern === '') return ALWAYS;
  if (/^[A-Za-z0-9_-]*$/.test(pattern)) return { matches: (text) => text === pattern };
  return compilePattern(`^(?:${pattern})$`);
}

/**
 * A pattern as Go compiles it.
 *
 * @throws PatternError
 */
export function compilePattern(pattern: string): Pattern {
  const steps: Step[] = [{ type: 'match' }];
  const add = (step: Step): number => {
    if (steps.length >= MAX_STEPS) throw new PatternError('unsupported', `the pattern repeats more than ${MAX_STEPS} characters`);
    return steps.push(step) - 1;
  };
  // Built from the end: each part is told what comes after it.
  const compile = (syntax: Syntax, next: number): number => {
    switch (syntax.type) {
      case 'char':
        return add({ type: 'char', test: syntax.test, next });
      case 'assert':
        return add({ type: 'assert', what: syntax.what, next });
      case 'all':
        return syntax.parts.reduceRight((after, part) => compile(part, after), next);
      case 'any':
        return add({ type: 'split', next: syntax.parts.map((part) => compile(part, next)) });
      case 'repeat':
        return repeat(syntax.part, syntax.min, syntax.max, next);
    }
  };
  const repeat = (part: Syntax, min: number, max: number, next: number): number => {
    let after = next;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = add({ type: 'split', next: [] });
      steps[loop] = { type: 'split', next: [compile(part, loop), next] };
      after = loop;
    } else {
      for (let optional = max - min; optional > 0; optional--) after = add({ type: 'split', next: [compile(part, after), next] });
    }
    for (let needed = min; needed > 0; needed--) after = compile(part, after);
    return after;
  };
  const start = compile(parsePattern(pattern), 0);
  return {
    matches: (text) =>
      run(
        steps,
        start,
        [...text].map((char) => char.codePointAt(0) ?? 0),
      ),
  };
}

/** Follows all ways at once, point by point. */
function run(steps: readonly Step[], start: number, points: readonly number[]): boolean {
  let current: number[] = [];
  for (let at = 0; at <= points.length; at++) {
    const seen = new Set<number>();
    const next: number[] = [];
    const queue = [...current, start]; // it may begin at any point
    for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      const step = steps[place];
      if (step === undefined) continue;
      if (step.type === 'match') return true;
      if (step.type === 'split') queue.push(...step.next);
      else if (step.type === 'assert') {
        if (holds(step.what, points, at)) queue.push(step.next);
      } else {
        const point = points[at];
        if (point !== undefined && step.test(point)) next.push(step.next);
      }
    }
    current = next;
  }
  return false;
}

function holds(what: Assertion, points: readonly number[], at: number): boolean {
  switch (what) {
    case 'text-start':
      return at === 0;
    case 'text-end':
      return at === points.length;
    case 'line-start':
      return at === 0 || points[at - 1] === 10;
    case 'line-end':
      return at === points.length || points[at] === 10;
    default:
      return (isWordAt(points[at - 1]) !== isWordAt(points[at])) === (what === 'word-boundary');
  }
}

function isWordAt(point: number | undefined): boolean {
  return point !== undefined && isWord(point);
}
