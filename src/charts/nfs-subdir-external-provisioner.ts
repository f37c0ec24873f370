import type { NfsSubdirExternalProvisionerValues } from '../../imports/charts/nfs-subdir-external-provisioner';
import { brings } from './brings';
import { isOn, textOr } from './switch';

/** Chart 4.0.18: templates/storageclass.yaml, persistentvolume.yaml, persistentvolumeclaim.yaml, deployment.yaml. */
export const nfsSubdirExternalProvisioner = brings<NfsSubdirExternalProvisionerValues>({
  chart: 'nfs-subdir-external-provisioner',
  repositories: ['https://kubernetes-sigs.github.io/nfs-subdir-external-provisioner'],
  version: '4.0.18',
  crds: 'none',
  // with mount options the export is mounted through a volume of its own; what is on the server stays, whatever happens to that
  brings: (values) => ({
    storageClasses: isOn(values.storageClass?.create, true) ? [textOr(values.storageClass?.name, 'nfs-client')] : [],
  }),
});
