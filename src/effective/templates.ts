import type { KubernetesObject } from '../flux';
import { evaluate, isFallback } from './envsubst';
import { type Part, parseTemplate, SyntaxProblem } from './envsubst-parse';
import { textOf } from './fields';
import { emitYaml } from './go-yaml-emit';
import type { Json } from './go-yaml-read';

/** A string of an object in which a `$` stands, be it a value or a key. */
export interface Place {
  /** Dotted path of the value; of a key, that of its map. */
  readonly path: string;
  readonly text: string;
  /** Its parts; undefined where it cannot be parsed by itself. */
  readonly parts: readonly Part[] | undefined;
  /** The keys and indexes that lead to the value; undefined for a key. */
  readonly steps: readonly string[] | undefined;
}

/** An object as substitution sees it. */
export interface Template {
  readonly places: readonly Place[];
  /** Whether a string or key of it does not come back from YAML as it went in, so that its places cannot be looked at one by one. */
  readonly odd: boolean;
  /**
   * The whole object's text in parts, or what its parser says of it.
   *
   * @throws YamlError where go-yaml does not take one of its strings
   */
  readonly parts: () => readonly Part[] | SyntaxProblem;
}

const LABEL = 'kustomize.toolkit.fluxcd.io/substitute';

/** Clusters share objects: each is written out and parsed once. */
const known = new WeakMap<KubernetesObject, Template | undefined>();

/** The template that an object is; undefined where it holds no `$`, or is labelled or annotated to be left alone. */
export function templateOf(object: KubernetesObject): Template | undefined {
  if (known.has(object)) return known.get(object);
  const template = isLeftAlone(object) ? undefined : templateIn(object);
  known.set(object, template);
  return template;
}

function templateIn(object: KubernetesObject): Template | undefined {
  const places: Place[] = [];
  let odd = false;
  eachString(object, [], (steps, text, isKey) => {
    if (ODD.test(text) || (isKey && text === '<<')) odd = true;
    if (!text.includes('$')) return;
    const parts = parse(text);
    const found = parts instanceof SyntaxProblem ? undefined : parts;
    places.push({ path: steps.join('.'), text, parts: found, steps: isKey ? undefined : [...steps] });
  });
  if (places.length === 0) return undefined;
  let whole: readonly Part[] | SyntaxProblem | undefined;
  return { places, odd, parts: () => (whole ??= parse(emitYaml(asJson(object)))) };
}

/** Characters that YAML refuses or reads as something else. */
const ODD = /[^\P{Cc}\t\n\r]|[\ufeff\ufffe\uffff]|\p{Cs}/u;

/** Whether a label or an annotation keeps substitution away: upper and lower case count. */
export function isLeftAlone(object: KubernetesObject): boolean {
  return ['labels', 'annotations'].some((field) => textOf(object, 'metadata', field, LABEL) === 'disabled');
}

function parse(text: string): readonly Part[] | SyntaxProblem {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (error instanceof SyntaxProblem) return error;
    throw error;
  }
}

/** Every string of an object, keys too: these have the steps of their map. The list of steps is the same one each time. */
function eachString(node: unknown, steps: string[], see: (steps: readonly string[], text: string, isKey: boolean) => void): void {
  if (typeof node === 'string') {
    see(steps, node, false);
  } else if (typeof node === 'object' && node !== null) {
    const isList = Array.isArray(node);
    for (const key of Object.keys(node)) {
      if (!isList) see(steps, key, true);
      steps.push(key);
      eachString(Reflect.get(node, key), steps, see);
      steps.pop();
    }
  }
}

/** What kustomize writes as a block although it begins with a tab, and then cannot read: objects without a `$` are written out too. */
const isTabbed = (text: string): boolean => text.startsWith('\t') && text.includes('\n') && !text.endsWith(' ') && !text.includes(' \n');

const tabbed = new WeakMap<KubernetesObject, string | undefined>();

/** Dotted path of a text that Flux loses its way in once it substitutes at all; undefined where there is none. */
export function tabbedText(object: KubernetesObject): string | undefined {
  if (tabbed.has(object)) return tabbed.get(object);
  let found: string | undefined;
  eachString(object, [], (steps, text, isKey) => {
    if (!isKey && isTabbed(text)) found ??= steps.join('.');
  });
  tabbed.set(object, found);
  return found;
}

/** Names that a text asks for, and of each whether something stands in for its value everywhere. */
export function namesIn(parts: readonly Part[]): ReadonlyMap<string, { readonly optional: boolean }> {
  const names = new Map<string, { readonly optional: boolean }>();
  const visit = (part: Part): void => {
    if (typeof part === 'string') return;
    const optional = isFallback(part) && names.get(part.variable)?.optional !== false;
    names.set(part.variable, { optional });
    for (const operand of part.operands) visit(operand);
  };
  for (const part of parts) visit(part);
  return names;
}

/** Whether the text of one place, by itself, becomes no YAML. */
export function breaks(place: Place, lookup: (name: string) => string | undefined, read: (text: string) => unknown): boolean {
  try {
    const parts = parse(emitYaml({ [place.path.split('.').at(-1) ?? 'field']: place.text }));
    if (parts instanceof SyntaxProblem) return true;
    read(evaluate(parts, lookup));
    return false;
  } catch {
    return true;
  }
}

/** What a manifest is made of, as JSON: what is no data, such as a function, is nobody's manifest. */
export function asJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object') return null;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inside]) => (inside === undefined ? [] : [[key, asJson(inside)]])));
}
