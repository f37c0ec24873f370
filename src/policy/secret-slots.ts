import type { EffectiveCluster, FluxKustomization, Repository } from '../effective';
import { inFolder } from './folder';
import { contentOf, textOf } from './kustomization-files';
import { mapAt, textAt } from './rule';

const TEMPLATE = /\.template\.ya?ml$/;

/** A Secret that a repository declares without its values, by a template in the folder where the encrypted file belongs. */
export interface SecretSlot {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly keys: readonly string[];
  /** The template. */
  readonly file: string;
  /** Everything comes up without it: the template says so. */
  readonly optional: boolean;
}

/** The slots of one Flux Kustomization's folder. */
export interface SlotFolder {
  readonly owner: FluxKustomization;
  /** By `redis/redis-auth`. */
  readonly slots: ReadonlyMap<string, SecretSlot>;
  /** Names of the encrypted files beside them. */
  readonly encrypted: readonly string[];
}

const known = new WeakMap<EffectiveCluster, readonly SlotFolder[]>();

/** Folders of a cluster that declare Secrets; none for a repository that does not keep its Secrets so. */
export function slotFolders({ files }: Pick<Repository, 'files'>, cluster: EffectiveCluster): readonly SlotFolder[] {
  const before = known.get(cluster);
  if (before) return before;
  const found = cluster.kustomizations.flatMap((owner) => {
    const names = (files.list(owner.path) ?? []).filter(({ kind }) => kind === 'file').map(({ name }) => name);
    const slots = new Map<string, SecretSlot>();
    for (const name of names.filter((one) => TEMPLATE.test(one))) {
      const file = inFolder(owner.path, name);
      const content = contentOf(files, file);
      if (content['kind'] !== 'Secret') continue;
      const slot: SecretSlot = {
        namespace: textAt(content, 'metadata', 'namespace') ?? '',
        name: textAt(content, 'metadata', 'name') ?? '',
        type: textAt(content, 'type') ?? 'Opaque',
        keys: ['data', 'stringData'].flatMap((field) => Object.keys(mapAt(content, field))),
        file,
        optional: /^# Optional\b/m.test(textOf(files, file) ?? ''),
      };
      slots.set(`${slot.namespace}/${slot.name}`, slot);
    }
    return slots.size === 0 ? [] : [{ owner, slots, encrypted: names.filter((one) => /\.sops\.ya?ml$/.test(one)) }];
  });
  known.set(cluster, found);
  return found;
}

/** A slot of a cluster by its Secret's namespace and name. */
export function slotOf(
  repository: Pick<Repository, 'files'>,
  cluster: EffectiveCluster,
  namespace: string,
  name: string,
): SecretSlot | undefined {
  for (const { slots } of slotFolders(repository, cluster)) {
    const slot = slots.get(`${namespace}/${name}`);
    if (slot) return slot;
  }
  return undefined;
}
