import type { EffectiveObject } from '../effective';
import type { KubernetesObject } from '../flux';
import { leaves } from './rule';

/** One `${…}` as Flux's post-build substitution would come upon it. */
export interface Expression {
  /** Dotted path of the field it stands in. */
  readonly at: string;
  /** As written, up to its brace or the end of the line: `${DOMAIN:=example.org}`. */
  readonly text: string;
  /** Undefined where no name can be read, so that Flux fails on it. */
  readonly name: string | undefined;
  /** What follows the name: '' for a plain `${NAME}`, else `:-`, `:=`, `:+`, `:?`, `=`, or the first character of a string function. */
  readonly operator: string;
}

/** From left to right: an escaped dollar, or the beginning of an expression. A backslash escapes nothing. */
const DOLLAR = /\$\$|\$\{(#?)(?:([_a-zA-Z][_a-zA-Z0-9]*)(:[-=+?]|[=:/#%^,}])?)?/g;

/** Annotation or label by which an object is left alone; only this very value counts. Source: fluxcd/pkg/kustomize, varsub. */
export const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

export function isLeftAlone({ metadata }: KubernetesObject): boolean {
  return ['labels', 'annotations'].some((map) => {
    const marks: unknown = metadata && Reflect.get(metadata, map);
    return typeof marks === 'object' && marks !== null && Reflect.get(marks, SUBSTITUTE) === 'disabled';
  });
}

/** Whether substitution happens to an object at all. */
export function isSubstituted({ owner, unsubstituted }: EffectiveObject): boolean {
  return owner.substitution.active && !isLeftAlone(unsubstituted);
}

/** A text with a dollar in it, and where it stands. */
export interface DollarText {
  readonly at: string;
  readonly text: string;
}

const known = new WeakMap<object, readonly DollarText[]>();

/** Every text and key with a dollar, worked out once for each object: several rules ask. */
export function dollarTexts(object: KubernetesObject): readonly DollarText[] {
  const before = known.get(object);
  if (before) return before;
  const found = hasDollar(object) ? read(object) : [];
  known.set(object, found);
  return found;
}

/** Most objects have none, and no path need be put together for them. */
function hasDollar(node: unknown): boolean {
  if (typeof node === 'string') return node.includes('$');
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(hasDollar);
  for (const key of Object.keys(node)) if (key.includes('$') || hasDollar(Reflect.get(node, key))) return true;
  return false;
}

function read(object: KubernetesObject): readonly DollarText[] {
  return leaves(object).flatMap(([at, value]) => {
    if (typeof value === 'string' && value.includes('$')) return [{ at, text: value }];
    return at.includes('$') ? [{ at, text: at }] : [];
  });
}

/** The expressions of one text, those within defaults too. */
export function expressionsIn({ at, text }: DollarText): readonly Expression[] {
  if (!text.includes('${')) return [];
  const found: Expression[] = [];
  for (const { 0: whole, 1: length, 2: name, 3: operator, index } of text.matchAll(DOLLAR)) {
    if (whole === '$$') continue;
    const rest = text.slice(index, index + 60).split('\n', 1)[0] ?? '';
    const end = rest.indexOf('}');
    const readable = name !== undefined && operator !== undefined;
    found.push({
      at,
      text: end === -1 ? rest : rest.slice(0, end + 1),
      name: readable ? name : undefined,
      operator: operator === undefined || operator === '}' ? (length ?? '') : operator,
    });
  }
  return found;
}

/** The expressions of an object as it is written. */
export function expressionsOf(object: KubernetesObject): readonly Expression[] {
  return dollarTexts(object).flatMap(expressionsIn);
}

/** What follows the first of some places in a finding: nothing, or `, here and in 7 other places`. */
export function alsoIn(places: number): string {
  if (places <= 1) return '';
  return `, here and in ${places - 1} other ${places === 2 ? 'place' : 'places'}`;
}
