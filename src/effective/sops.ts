import type { KubernetesObject } from '../flux';
import { entriesOf, fieldOf, isMap, listOf, textOf } from './fields';
import type { EffectiveObject, FluxKustomization } from './model';

/** Whether SOPS encrypted it: a top-level `sops` with a `mac`, which is what Flux looks for. */
export function isEncrypted(object: KubernetesObject): boolean {
  return textOf(object, 'sops', 'mac') !== undefined;
}

/** Whether it came out of the repository encrypted, be it decrypted by now or not. */
export function cameEncrypted({ unsubstituted }: EffectiveObject): boolean {
  return isEncrypted(unsubstituted);
}

/** A key that can open an encrypted object. */
export interface Recipient {
  readonly kind: 'age' | 'pgp' | 'kms' | 'gcp_kms' | 'azure_kv' | 'hc_vault';
  /** The public key, fingerprint or address of it, as SOPS wrote it. */
  readonly id: string;
}

const ID_FIELD: readonly (readonly [kind: Recipient['kind'], field: string])[] = [
  ['age', 'recipient'],
  ['pgp', 'fp'],
  ['kms', 'arn'],
  ['gcp_kms', 'resource_id'],
  ['azure_kv', 'vault_url'],
  ['hc_vault', 'vault_address'],
];

/** Who can open it, in SOPS's own order; none for an object that is in clear. */
export function recipientsOf(object: KubernetesObject): readonly Recipient[] {
  const sops = fieldOf(object, 'sops');
  const groups = [sops, ...listOf(sops, 'key_groups')];
  return groups.flatMap((group) =>
    ID_FIELD.flatMap(([kind, field]) =>
      listOf(group, kind).flatMap((entry) => {
        const id = textOf(entry, field);
        return id === undefined ? [] : [{ kind, id }];
      }),
    ),
  );
}

/** Whether a value is SOPS ciphertext. */
export function isCiphertext(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('ENC[');
}

/** Whether its controller decrypts what it builds. */
export function decrypts({ spec }: Pick<FluxKustomization, 'spec'>): boolean {
  return textOf(spec, 'decryption', 'provider') === 'sops';
}

/** The object as the controller has it once it is decrypted: without `sops`, its ciphertext still where the values would be. */
export function decrypted(object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  const rest = Object.fromEntries(entriesOf(object).filter(([key]) => key !== 'sops'));
  return { ...rest, apiVersion, kind, ...(metadata && { metadata }) };
}

/** Dotted paths of all ciphertext in it. */
export function ciphertextIn(object: KubernetesObject): readonly string[] {
  const found: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (isCiphertext(node)) found.push(path);
    else if (Array.isArray(node)) for (const [index, item] of node.entries()) visit(item, `${path}.${index}`);
    else if (isMap(node)) for (const [key, value] of Object.entries(node)) visit(value, path === '' ? key : `${path}.${key}`);
  };
  visit(object, '');
  return found;
}
