import { type EffectiveObject, objectsOf, type Repository } from '../../effective';
import type { KubernetesObject } from '../../flux';
import { oncePerObject } from '../once';
import { defineRule, type Violation } from '../rule';
import { isTextField } from '../text-fields';
import { spelling } from '../written-scalar';

/** Values of charts that are versions, and end up as text in the address of an image. */
const VERSION = /(^|\.)([a-z0-9_-]*(tag|version)|commit|revision)$/i;

/** Source: YAML 1.1, by which kustomize and Flux read plain scalars: 0755 is octal, 1.10 is 1.1, 1e3 is 1000, 2026-01-31 a moment. */
export const yamlTraps = defineRule({
  name: 'yaml-traps',
  ids: ['F48'],
  claim: 'text that looks like a number, a boolean or a version stands in quotes',
  because: 'the API server takes only text there: it refuses the object, and with it all that the Flux Kustomization applies at that stage',
  evidence: 'YAML 1.1, section 10.2; sigs.k8s.io/yaml, by which kustomize and Flux read',
  severity: 'error',
  fix: 'put the value in quotes',
  local: true,

  *check(repository) {
    for (const on of objectsOf(repository)) {
      yield* inTextFields(on, repository);
      if (on.object.kind === 'HelmRelease') yield* inValues(on, repository);
      yield* days(on, repository);
    }
  },
});

/** What a day becomes that stands without quotes. */
const DAY = /^\d{4}-\d\d-\d\dT00:00:00Z$/;

type Scalar = readonly [at: string, value: number | boolean | string];

/** What is no text or was none, in most objects little: paths are put together only for that. */
function scalarsIn(object: KubernetesObject): readonly Scalar[] {
  const found: Scalar[] = [];
  const visit = (value: unknown, at: string, key: string | number): void => {
    if (typeof value === 'object' && value !== null) walk(value, below(at, key));
    else if (typeof value === 'number' || typeof value === 'boolean') found.push([below(at, key), value]);
    else if (typeof value === 'string' && DAY.test(value)) found.push([below(at, key), value]);
  };
  const walk = (node: object, at: string): void => {
    if (Array.isArray(node)) for (const [index, item] of node.entries()) visit(item, at, index);
    else for (const key of Object.keys(node)) visit(Reflect.get(node, key), at, key);
  };
  walk(object, '');
  return found;
}

function below(at: string, key: string | number): string {
  if (typeof key === 'number') return `${at}[${key}]`;
  return at === '' ? key : `${at}.${key}`;
}

/** Fields that are worth the look at what kind of object they are in. */
const MAY_BE_TEXT =
  /(^|\.)(labels|annotations|data|stringData|binaryData|parameters|nodeSelector)\.|\b(env|args|command)\[|\.(image|name|workingDir)$/;

/** Scalars of an object that have to be looked at, in most objects none. */
const suspects = oncePerObject((object) => {
  const scalars = scalarsIn(object);
  return {
    inTextFields: scalars.filter(([at, value]) => typeof value !== 'string' && MAY_BE_TEXT.test(at) && isTextField(object, at)),
    versions: scalars.filter(([at, value]) => typeof value === 'number' && at.startsWith('spec.values.') && VERSION.test(at)),
    days: scalars.filter(([, value]) => typeof value === 'string'),
  };
});

function* inTextFields(on: EffectiveObject, { files }: Repository): Iterable<Violation> {
  for (const [at, value] of suspects(on.unsubstituted).inTextFields) {
    const key = keyOf(at);
    const written = spelling(files, on.origin.path, key, value) ?? String(value);
    const shown = on.object.kind === 'Secret' ? '' : written === String(value) ? ` ${written}` : ` ${value}, written ${written}`;
    yield {
      on,
      at,
      found: `${key} is the ${typeof value}${shown}`,
      fix: on.object.kind === 'Secret' ? 'put it in quotes' : `put it in quotes: ${key}: "${written}"`,
    };
  }
}

/** The key, dots in it too: maps of text have no maps in them. */
function keyOf(at: string): string {
  return at.replace(/^.*?(labels|annotations|data|stringData|binaryData|parameters|nodeSelector)\./, '').replace(/^.*\]\.(?=[^.]+$)/, '');
}

function* inValues(on: EffectiveObject, { files }: Repository): Iterable<Violation> {
  for (const [at, value] of suspects(on.unsubstituted).versions) {
    const key = at.slice(at.lastIndexOf('.') + 1);
    const written = spelling(files, on.origin.path, key, value);
    if (written === undefined || written === String(value)) continue;
    yield {
      on,
      at,
      found: `${key} is the number ${value}, written ${written}`,
      because: `the chart gets ${value}, and looks for an image or a chart of that version`,
      fix: `put it in quotes: ${key}: "${written}"`,
      severity: 'warning',
    };
  }
}

/** A day without quotes gets a time that nobody wrote, without a word. */
function* days(on: EffectiveObject, { files }: Repository): Iterable<Violation> {
  if (on.object.kind === 'Secret') return;
  for (const [at, value] of suspects(on.unsubstituted).days) {
    const key = at.startsWith('data.') ? keyOf(at) : at.slice(at.lastIndexOf('.') + 1);
    const written = spelling(files, on.origin.path, key, value);
    if (written === undefined) continue;
    yield {
      on,
      at,
      found: `${key} becomes ${value}, written ${written}`,
      because: 'kustomize reads a day without quotes as a moment, and hands that on as the text',
      fix: `put it in quotes: ${key}: "${written}"`,
      severity: 'warning',
    };
  }
}
