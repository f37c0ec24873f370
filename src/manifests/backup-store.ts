import type { AnyComponent } from '../flux';
import { PersistentVolume, PersistentVolumeClaim } from './core';

export interface BackupStoreProps {
  /** Both objects': of the PersistentVolumes of a cluster, no other has it. */
  readonly name: string;
  /** Where the folder is. Immutable in a volume: another server needs another name. */
  readonly nfs: { readonly server: string; readonly path: string };
}

/**
 * The folder of the backups on the NFS server, as a claim in the component's namespace. Pods under `restricted` may not mount NFS
 * themselves, but they may use a claim; and as a claim serves one namespace, each component has a volume of its own over the one
 * folder.
 */
export function backupStore(scope: AnyComponent, { name, nfs }: BackupStoreProps): PersistentVolumeClaim {
  const storage = '100Gi'; // for the books: NFS holds nobody to it
  new PersistentVolume(scope, 'persistent-volume', {
    metadata: { name },
    spec: {
      capacity: { storage },
      accessModes: ['ReadWriteMany'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: '', // bound by name; a class would make a second, empty volume
      mountOptions: ['nfsvers=4.1', 'hard', 'noatime'],
      nfs,
      claimRef: { namespace: scope.namespace, name },
    },
  });
  return new PersistentVolumeClaim(scope, 'persistent-volume-claim', {
    metadata: { name },
    spec: { accessModes: ['ReadWriteMany'], storageClassName: '', volumeName: name, resources: { requests: { storage } } },
  });
}
