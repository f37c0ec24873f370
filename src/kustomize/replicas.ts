import { setFields } from './field-path';
import { isSelected } from './identity';
import type { Resources } from './resources';

/** An entry of `replicas`. */
export interface ReplicaEntry {
  readonly name: string;
  readonly count: number;
}

const KINDS = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'];

/** Sets spec.replicas of what bears the name now, or did. False where nothing does. */
export function setReplicas(resources: Resources, { name, count }: ReplicaEntry): boolean {
  let found = false;
  for (const kind of KINDS) {
    for (const resource of resources.all) {
      const ids = [...resource.formerIds, resource.id];
      if (!ids.some((id) => id.name === name && isSelected(id, { kind }))) continue;
      found = true;
      resource.object = setFields(resource.object, { path: 'spec/replicas', kind, create: true }, { set: () => count, made: 'scalar' });
    }
  }
  return found;
}
