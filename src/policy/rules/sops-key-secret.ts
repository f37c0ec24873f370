import { cameEncrypted, decrypts, type EffectiveCluster, type EffectiveObject, type FluxKustomization, ofKind } from '../../effective';
import { defineRule, mapAt, textAt, type Violation } from '../rule';

/** Keys of other services, by their whole names. Source: kustomize-controller 1.9, internal/decryptor/decryptor.go. */
const WHOLE_NAMES: ReadonlySet<string> = new Set(['sops.vault-token', 'sops.aws-kms', 'sops.azure-kv', 'sops.gcp-kms']);

/** Source: kustomize-controller 1.9, ImportKeys: a key of another name is passed over. */
export const sopsKeySecret = defineRule({
  name: 'sops-key-secret',
  ids: ['F33'],
  claim: 'the Secret by which Flux decrypts holds keys by the names that Flux looks for, and needs no decryption itself',
  because: 'Flux finds no key: every file fails with "cannot get sops data key"',
  evidence: 'kustomize-controller 1.9, internal/decryptor/decryptor.go',
  severity: 'error',
  fix: 'name the age key something.agekey, a PGP key something.asc',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const [on, users] of keySecrets(cluster)) {
        yield* named(on);
        const own = users.find((user) => user === on.owner);
        if (own && cameEncrypted(on)) {
          yield {
            on,
            at: 'sops',
            found: `${own.id} decrypts by it, and has to decrypt it first`,
            because:
              'on an empty cluster the key is not there yet, and nothing that is encrypted can be applied until somebody puts it there',
            fix: 'put the key into the cluster by hand before Flux, or keep it out of Git altogether',
            severity: 'warning',
          };
        }
      }
    }
  },
});

/** Secrets of a cluster that its Flux Kustomizations name for decryption. */
function keySecrets(cluster: EffectiveCluster): ReadonlyMap<EffectiveObject, readonly FluxKustomization[]> {
  const users = new Map<string, FluxKustomization[]>();
  for (const user of cluster.kustomizations) {
    const name = textAt(user.spec, 'decryption', 'secretRef', 'name');
    if (!decrypts(user) || name === undefined) continue;
    const key = `${user.namespace}/${name}`;
    users.set(key, [...(users.get(key) ?? []), user]);
  }
  const found = new Map<EffectiveObject, readonly FluxKustomization[]>();
  for (const on of ofKind(cluster, 'Secret', '')) {
    const { namespace, name } = mapAt(on.object, 'metadata');
    const by = users.get(`${namespace}/${name}`);
    if (by) found.set(on, by);
  }
  return found;
}

function* named(on: EffectiveObject): Iterable<Violation> {
  const keys = ['data', 'stringData'].flatMap((field) => Object.keys(mapAt(on.object, field)).map((key) => ({ field, key })));
  const passedOver = keys.filter(({ key }) => !/\.(agekey|asc)$/.test(key) && !WHOLE_NAMES.has(key));
  for (const { field, key } of passedOver) {
    const only = passedOver.length === keys.length;
    yield {
      on,
      at: `${field}.${key}`,
      found: `the key ${key} is passed over`,
      fix: 'let its name end in .agekey for age, in .asc for PGP',
      ...(!only && { severity: 'warning' as const, because: 'what it can open stays closed' }),
    };
  }
}
