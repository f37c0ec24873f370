import type { KubernetesObject } from '../flux';
import { evaluate } from './envsubst';
import { type Part, SyntaxProblem } from './envsubst-parse';
import { textOf } from './fields';
import { type Json, readYaml } from './go-yaml-read';
import { YamlError } from './go-yaml-source';
import type { SubstitutionProblem } from './model';
import { placesReplaced } from './places-replaced';
import { breaks, isLeftAlone, namesIn, type Place, tabbedText, templateOf } from './templates';
import type { Variables } from './variables';

/** What substitution makes of one object. */
export interface Substituted {
  /** The same object where nothing was to be done, or where it failed. */
  readonly object: KubernetesObject;
  /** Dotted paths of fields that hold a value which we do not know, or which nobody may see. */
  readonly unknown: readonly string[];
  readonly problems: readonly Omit<SubstitutionProblem, 'on'>[];
}

/** Names that Flux accepts. Source: fluxcd/pkg/kustomize, varsubRegex. */
const NAME = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/** Keys that are no names of variables: one of them fails the build, used or not. */
export function badNames({ named }: Variables): readonly string[] {
  return [...named.keys()].filter((name) => !NAME.test(name)).sort();
}

/** One object after substitution: it becomes YAML, the variables are replaced in that text, and it is read back. */
export function substituted(object: KubernetesObject, variables: Variables): Substituted {
  const untouched = { object, unknown: [], problems: [] };
  if (!variables.active || isLeftAlone(object)) return untouched;
  const tabbed = tabbedText(object);
  if (tabbed !== undefined) return { ...untouched, problems: [tabProblem(tabbed)] };
  const template = templateOf(object);
  if (!template) return untouched;
  const { places } = template;
  const lookup = lookupFor(places, variables);
  const quick = placesReplaced(object, template, lookup);
  if (quick) return { object: quick, unknown: hiddenPlaces(places, variables), problems: [] };
  let parts: readonly Part[] | SyntaxProblem;
  try {
    parts = template.parts();
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { ...untouched, problems: [{ kind: 'breaks-yaml', what: `Flux cannot write it as YAML: ${error.message}`, at: undefined }] };
  }
  if (parts instanceof SyntaxProblem) return { ...untouched, problems: [syntaxProblem(parts, places)] };
  const unknown = hiddenPlaces(places, variables);
  const undefinedNames = [...namesIn(parts)].filter(([name, { optional }]) => !optional && isUndefined(name, variables));
  if (undefinedNames.length > 0) {
    return { object, unknown, problems: undefinedNames.map(([name]) => undefinedProblem(name, places)) };
  }
  try {
    const read = manifestFrom(readYaml(evaluate(parts, lookup)));
    const spoiled = read && tabbedText(read);
    if (spoiled !== undefined) return { object, unknown, problems: [tabProblem(spoiled)] };
    if (read) return { object: read, unknown, problems: [] };
    const what = 'its values leave no manifest of it: apiVersion, kind or name is no text any more';
    return { object, unknown, problems: [{ kind: 'breaks-yaml', what, at: brokenPlace(places, lookup)?.path }] };
  } catch (error) {
    if (!(error instanceof YamlError) && !(error instanceof SyntaxProblem)) throw error;
    const kind = error instanceof YamlError ? 'breaks-yaml' : 'syntax';
    const at = brokenPlace(places, lookup)?.path;
    return { object, unknown, problems: [{ kind, what: `with its values put in it is no YAML: ${withoutValues(error.message)}`, at }] };
  }
}

function isUndefined(name: string, { named, open }: Variables): boolean {
  return !open && !named.has(name);
}

/** Where nobody knows whether a variable is there, and it has a default wherever it stands, that stands for it: text is written around it. */
function lookupFor(places: readonly Place[], variables: Variables): (name: string) => string | undefined {
  if (!variables.open) return (name) => valueFor(name, variables);
  const required = new Set<string>();
  for (const { parts } of places) if (parts) for (const [name, { optional }] of namesIn(parts)) if (!optional) required.add(name);
  return (name) => (variables.named.has(name) || required.has(name) ? valueFor(name, variables) : undefined);
}

/** A value that we do not know is a text that stays one whatever stands around it, and a valid name besides. */
function valueFor(name: string, { named, open }: Variables): string | undefined {
  const variable = named.get(name);
  if (variable ? variable.value === undefined : open) return `unknown-${name.toLowerCase().replaceAll('_', '-')}`;
  return variable?.value;
}

function hiddenPlaces(places: readonly Place[], { named, open }: Variables): readonly string[] {
  const isHidden = (name: string): boolean => named.get(name)?.secret ?? open;
  return places.flatMap(({ path, parts }) => (parts && [...namesIn(parts).keys()].some(isHidden) ? [path] : []));
}

function syntaxProblem(error: SyntaxProblem, places: readonly Place[]): Omit<SubstitutionProblem, 'on'> {
  const place = places.find(({ parts }) => parts === undefined);
  return { kind: 'syntax', what: `Flux cannot parse \${…} in it: ${error.message}`, at: place?.path };
}

function tabProblem(at: string): Omit<SubstitutionProblem, 'on'> {
  return {
    kind: 'breaks-yaml',
    what: 'a text of several lines begins with a tab, which kustomize cannot read back once Flux substitutes',
    at,
  };
}

function undefinedProblem(name: string, places: readonly Place[]): Omit<SubstitutionProblem, 'on'> {
  const place = places.find(({ parts }) => parts !== undefined && namesIn(parts).get(name)?.optional === false);
  return { kind: 'undefined-variable', what: `\${${name}} has neither a value nor a default`, at: place?.path };
}

/** The first place whose value alone spoils the text around it. */
function brokenPlace(places: readonly Place[], lookup: (name: string) => string | undefined): Place | undefined {
  return places.find((place) => breaks(place, lookup, readYaml));
}

/** go-yaml quotes what it trips over, which may be a secret. */
function withoutValues(message: string): string {
  return message.replace(/`[^`]*`|(?<=anchor )'[^']*'/g, '…');
}

function manifestFrom(value: Json): KubernetesObject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const apiVersion = textOf(value, 'apiVersion');
  const kind = textOf(value, 'kind');
  if (!apiVersion || !kind || !textOf(value, 'metadata', 'name')) return undefined;
  return isManifest(value) ? value : undefined;
}

function isManifest(value: object): value is KubernetesObject {
  return 'apiVersion' in value && 'kind' in value;
}
