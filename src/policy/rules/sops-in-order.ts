import { ciphertextIn, type EffectiveObject, isEncrypted, objectsOf } from '../../effective';
import type { KubernetesObject } from '../../flux';
import { defineRule, isMap, type Violation, at as valueAt } from '../rule';
import { few } from '../written-patches';

/** Longest expression that is tried: longer ones are no one's. */
const LONGEST_EXPRESSION = 200;

/** What Flux reads before it decrypts. */
const CLEAR = ['apiVersion', 'kind', 'metadata'];

/** Source: kustomize-controller 1.9, internal/decryptor: an object is decrypted after the build, where it has `sops` with a `mac`. */
export const sopsInOrder = defineRule({
  name: 'sops-in-order',
  ids: ['S23'],
  claim: 'a SOPS file has its checksum, and only its values are encrypted',
  because: 'Flux builds before it decrypts: no patch, no namespace and no check finds what it cannot read',
  evidence: 'specification, "Secrets"; kustomize-controller 1.9, internal/decryptor/decryptor.go',
  severity: 'error',
  fix: 'encrypt anew with encrypted_regex: ^(data|stringData)$',
  local: true,

  *check(repository) {
    for (const on of objectsOf(repository)) {
      const object = on.unsubstituted;
      const sops = valueAt(object, 'sops');
      if (!isMap(sops)) yield* withoutSops(on, object);
      else if (!isEncrypted(object)) yield* withoutChecksum(on, object);
      else yield* widely(on, object, sops);
    }
  },
});

function* withoutSops(on: EffectiveObject, object: KubernetesObject): Iterable<Violation> {
  if (object.kind !== 'Secret') return;
  const places = ciphertextIn(object);
  const [at] = places;
  if (at === undefined) return;
  yield {
    on,
    at,
    found: `ciphertext in ${few(places)}, and no sops beside it`,
    because: 'nobody can decrypt it: the text ENC[…] is applied as the value',
    fix: 'take the whole file as sops wrote it, or encrypt the values anew',
  };
}

function* withoutChecksum(on: EffectiveObject, object: KubernetesObject): Iterable<Violation> {
  if (ciphertextIn(object).length === 0) return;
  yield {
    on,
    at: 'sops.mac',
    found: 'sops without a mac',
    because: 'Flux does not take it for encrypted, and applies the ciphertext',
    fix: 'take the whole file as sops wrote it, or encrypt the values anew',
  };
}

function* widely(on: EffectiveObject, object: KubernetesObject, sops: Readonly<Record<string, unknown>>): Iterable<Violation> {
  const read = ciphertextIn(object).filter((path) => CLEAR.some((field) => path === field || path.startsWith(`${field}.`)));
  const [at] = read;
  if (at !== undefined) {
    // Its name, or what it is, may be ciphertext: the file is what a person knows it by.
    const found = `${few(read)} ${read.length === 1 ? 'is' : 'are'} encrypted`;
    yield { on: { file: on.origin.path }, at, found, fix: 'encrypt anew with encrypted_regex: ^(data|stringData)$', severity: 'warning' };
    return;
  }
  const expression = sops['encrypted_regex'];
  if (typeof expression !== 'string') return;
  const wide = CLEAR.filter((field) => fits(expression, field));
  if (wide.length === 0) return;
  yield {
    on,
    at: 'sops.encrypted_regex',
    found: `${JSON.stringify(expression)} fits ${wide.join(' and ')} too`,
    because: 'the next time the file is encrypted they are, and Flux builds before it decrypts',
    fix: 'anchor it, in .sops.yaml too: ^(data|stringData)$',
    severity: 'warning',
  };
}

/** An expression of Go's; where JavaScript has no such, nothing is said. */
function fits(expression: string, text: string): boolean {
  if (expression.length > LONGEST_EXPRESSION) return false;
  try {
    return new RegExp(expression).test(text);
  } catch {
    return false;
  }
}
