import type { KubernetesObject } from '../flux';
import { decodeBase64 } from './base64';
import { entriesOf, fieldAt, fieldOf, listOf, textOf } from './fields';
import { isCiphertext, isEncrypted } from './sops';

/** One variable as far as we know it. */
export interface Variable {
  /** Undefined where it is encrypted. */
  readonly value: string | undefined;
  /** Whether it comes from a Secret, so that nobody may print it. */
  readonly secret: boolean;
}

/** What `postBuild` gives a Flux Kustomization to work with. */
export interface Variables {
  readonly active: boolean;
  readonly named: ReadonlyMap<string, Variable>;
  /** Whether there may be more than we know: a source is not in the repository. */
  readonly open: boolean;
  /** Required sources that are not in the repository, as Flux names them: `ConfigMap/cluster-vars`. */
  readonly missing: readonly string[];
}

/** A source of values, as `substituteFrom` names it. */
export interface SourceReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly optional: boolean;
}

export function sourceReferences(spec: Readonly<Record<string, unknown>>): readonly SourceReference[] {
  return listOf(spec, 'postBuild', 'substituteFrom').flatMap((entry) => {
    const kind = textOf(entry, 'kind');
    const name = textOf(entry, 'name');
    if ((kind !== 'ConfigMap' && kind !== 'Secret') || name === undefined) return [];
    return [{ kind, name, optional: fieldOf(entry, 'optional') === true }];
  });
}

/** @param find the object in the Flux Kustomization's own namespace */
export function variablesFor(
  spec: Readonly<Record<string, unknown>>,
  find: (reference: SourceReference) => KubernetesObject | undefined,
): Variables {
  const named = new Map<string, Variable>();
  const missing: string[] = [];
  let open = false;
  for (const reference of sourceReferences(spec)) {
    const object = find(reference);
    if (object) {
      for (const [name, variable] of dataOf(object, reference.kind)) named.set(name, variable);
    } else {
      open = true;
      if (!reference.optional) missing.push(`${reference.kind}/${reference.name}`);
    }
  }
  for (const [name, value] of entriesOf(fieldAt(spec, 'postBuild', 'substitute'))) {
    if (typeof value === 'string') named.set(name, { value: withoutNewlines(value), secret: false });
  }
  const always = textOf(spec, 'postBuild', 'substituteStrategy') === 'Always';
  return { active: named.size > 0 || missing.length > 0 || always, named, open, missing };
}

function dataOf(object: KubernetesObject, kind: SourceReference['kind']): readonly (readonly [string, Variable])[] {
  const texts = (field: string): readonly (readonly [string, string])[] =>
    entriesOf(fieldOf(object, field)).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  if (kind === 'ConfigMap') {
    return texts('data').map(([name, value]) => [name, { value: known(object, value), secret: isEncrypted(object) }] as const);
  }
  const decoded = texts('data').map(
    ([name, value]) => [name, { value: known(object, value) && decodeBase64(value), secret: true }] as const,
  );
  return [
    ...decoded.map(
      ([name, { value, secret }]) => [name, { value: value === undefined ? undefined : withoutNewlines(value), secret }] as const,
    ),
    ...texts('stringData').map(([name, value]) => [name, { value: known(object, value), secret: true }] as const),
  ];
}

function known(object: KubernetesObject, value: string): string | undefined {
  return isEncrypted(object) || isCiphertext(value) ? undefined : withoutNewlines(value);
}

/** Flux takes every newline out of a value. */
function withoutNewlines(value: string): string {
  return value.replaceAll('\n', '');
}
