import { type EffectiveObject, objectsOf, type Repository } from '../../effective';
import type { KubernetesObject } from '../../flux';
import { type Certainty, isSecretValue, issuedIn, namedCredential, passwordInAddress } from '../credentials';
import { textOf } from '../kustomization-files';
import { oncePerObject } from '../once';
import { defineRule, groupOf, isMap, leaves, mapAt, type Violation, at as valueAt } from '../rule';
import { few } from '../written-patches';

const IN_A_SECRET =
  'put it into a Secret that is SOPS-encrypted, in code this.secret(…), and read it from there; change the value, since it is known now';

/** Source: ADR 0011; a password in Git is leaked for good. */
export const noClearTextCredential = defineRule({
  name: 'no-clear-text-credential',
  ids: ['S23', 'S24'],
  claim: 'no manifest holds a credential in clear text',
  because: 'whoever can read the repository, or its history, has it for good',
  evidence: 'specification, "Secrets"; a value that was in Git once stays in its history',
  severity: 'error',
  fix: 'encrypt the Secret with SOPS, and change the value that was in clear text',
  local: true,

  *check(repository) {
    for (const on of objectsOf(repository)) {
      const { kind } = on.object;
      if (kind === 'CustomResourceDefinition') continue; // its descriptions give examples
      if (kind === 'Secret' && groupOf(on.object) === '') yield* inSecret(on);
      else for (const found of inObject(on.unsubstituted)) yield { on, ...found };
    }
    yield* inOtherFiles(repository);
  },
});

/** A value that a variable fills in stands elsewhere; so does one that is encrypted. */
function* inSecret(on: EffectiveObject): Iterable<Violation> {
  const clear = ['data', 'stringData'].flatMap((field) =>
    Object.entries(mapAt(on.unsubstituted, field)).flatMap(([key, value]) =>
      isClear(value) ? [{ at: `${field}.${key}`, field, key, value }] : [],
    ),
  );
  const [any] = clear;
  if (!any) return;
  const credentials = clear.filter(({ field, key, value }) =>
    isSecretValue(key, field === 'data' ? decoded(String(value)) : String(value)),
  );
  const [first] = credentials;
  if (!first) {
    yield {
      on,
      at: any.at,
      found: `a Secret in clear text, with nothing in it that looks like a credential: ${few(clear.map(({ at }) => at))}`,
      because: 'the next key that is added to it is in clear text too',
      fix: 'make it a ConfigMap, or encrypt it with SOPS',
      severity: 'info',
    };
    return;
  }
  yield {
    on,
    at: first.at,
    found:
      credentials.length === 1
        ? 'a Secret with a value in clear text'
        : `a Secret with values in clear text: ${few(credentials.map(({ at }) => at))}`,
    fix: 'encrypt it with SOPS, in code: declare it with this.secret(…); and change the value, since it is known now',
  };
}

function isClear(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' && !value.startsWith('ENC[') && !value.includes('${') : value !== null;
}

/** Base64 undone; a text that is none as it is. */
function decoded(value: string): string {
  return /^[A-Za-z0-9+/\s]+=*\s*$/.test(value) ? Buffer.from(value, 'base64').toString('utf8') : value;
}

type Found = Omit<Violation, 'on'>;

const inObject = oncePerObject((object): readonly Found[] => [...credentialsIn(object)]);

function* credentialsIn(object: KubernetesObject): Iterable<Found> {
  const fields =
    object.kind === 'HelmRelease' ? 'spec.values.' : object.kind === 'ConfigMap' && groupOf(object) === '' ? 'data.' : undefined;
  for (const [at, value] of leaves(object)) {
    const text = typeof value === 'string' ? value : '';
    const issued = issuedIn(text);
    const inAddress = text.includes('://') ? passwordInAddress(text) : undefined;
    const named = fields !== undefined && at.startsWith(fields) ? namedCredential(at, value) : undefined;
    if (issued) yield { at, found: issued.what, fix: IN_A_SECRET };
    else if (inAddress) yield { at, found: 'an address with a password in it', fix: IN_A_SECRET, severity: inAddress };
    else if (named && fields !== 'data.') yield { at, ...credential(named), fix: fixInValues(named) };
    else if (named) yield { at, ...credential(named), fix: IN_A_SECRET };
    else if (at.endsWith('.value')) yield* ofPair(object, at, value);
  }
}

function fixInValues(certainty: Certainty): string {
  const fix =
    'let the chart read it from a Secret (existingSecret), in code declared with this.secret(…); and change the value, since it is known now';
  return certainty === 'error' ? fix : `${fix}; where it is none, accept the rule`;
}

function credential(certainty: Certainty): Pick<Violation, 'found' | 'severity'> {
  return {
    found: certainty === 'error' ? 'a credential in clear text' : 'what looks like a credential, in clear text',
    severity: certainty,
  };
}

/** `{name: DB_PASSWORD, value: …}`, as containers have it, and charts and custom resources after them. */
function* ofPair(object: KubernetesObject, at: string, value: unknown): Iterable<Found> {
  const pair = valueAt(object, ...steps(at.slice(0, -'.value'.length)));
  const name = isMap(pair) ? pair['name'] : undefined;
  const certainty = typeof name === 'string' ? namedCredential(name, value) : undefined;
  if (certainty) yield { at, ...credential(certainty), found: `${credential(certainty).found}: ${name}`, fix: IN_A_SECRET };
}

function steps(path: string): readonly (string | number)[] {
  return path.split(/\.|(?=\[)/).map((step) => (/^\[\d+\]$/.test(step) ? Number(step.slice(1, -1)) : step));
}

/** What no build reads is in Git all the same. */
function* inOtherFiles({ files, unreached }: Repository): Iterable<Violation> {
  for (const file of unreached) {
    const text = textOf(files, file) ?? '';
    const issued = issuedIn(text);
    if (issued) yield { on: { file, line: text.slice(0, issued.index).split('\n').length }, at: '', found: issued.what, fix: IN_A_SECRET };
  }
}
