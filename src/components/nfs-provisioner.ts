import type { NfsSubdirExternalProvisionerValues } from '../../imports/charts/nfs-subdir-external-provisioner';
import { Component, type FluxRepo } from '../flux';
import { HelmRelease, HelmRepository, Namespace } from '../manifests';
import { variable } from '../variables';

/** Gives each claim of StorageClass `nfs-client` a directory of its own on the NFS server; the only class with ReadWriteMany. */
export class NfsProvisioner extends Component<'nfs-provisioner'> {
  readonly release: HelmRelease<NfsSubdirExternalProvisionerValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'nfs-provisioner', { provides: { storageClasses: ['nfs-client'] } });

    // Restricted holds only with mountOptions below: without them the chart mounts the export as an inline nfs volume.
    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    const repository = new HelmRepository(this, 'helm-repository', {
      name: 'nfs-subdir-external-provisioner',
      url: 'https://kubernetes-sigs.github.io/nfs-subdir-external-provisioner/',
    });
    this.release = new HelmRelease<NfsSubdirExternalProvisionerValues>(this, 'helm-release', {
      name: 'nfs-subdir-external-provisioner',
      chart: { repository, name: 'nfs-subdir-external-provisioner', version: '4.0.x' },
      crds: 'Skip', // the chart has none
      values: {
        nfs: {
          server: variable('NFS_SERVER'),
          path: variable('NFS_PATH'),
          mountOptions: ['nfsvers=4.1', 'hard', 'noatime'], // for the provisioner's own volume and for every claim
        },
        // Provisioner, mount options and reclaim policy of a class are immutable: to change them, make a class of another name.
        storageClass: {
          provisionerName: 'k8s-sigs.io/nfs-subdir-external-provisioner', // the default is made from the release's name
          accessModes: 'ReadWriteMany',
        },
        priorityClassName: 'system-cluster-critical',
        resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
        podSecurityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } }, // the owner of the export
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      },
    });
  }
}
