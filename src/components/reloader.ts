import type { ReloaderValues } from '../../imports/charts/reloader';
import { Component, type FluxRepo } from '../flux';
import { HelmRelease, HelmRepository, Namespace } from '../manifests';

/** Restarts workloads when a ConfigMap or Secret they read changes; a workload asks for it by annotation. */
export class Reloader extends Component<'reloader'> {
  readonly release: HelmRelease<ReloaderValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'reloader');

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    const repository = new HelmRepository(this, 'helm-repository', {
      name: 'stakater',
      url: 'https://stakater.github.io/stakater-charts',
    });
    this.release = new HelmRelease<ReloaderValues>(this, 'helm-release', {
      chart: { repository, name: 'reloader', version: '2.2.x' },
      crds: 'Skip', // the chart has none
      values: {
        fullnameOverride: 'reloader', // otherwise everything is called reloader-reloader
        reloader: {
          watchGlobally: true,
          autoReloadAll: false, // opt in by annotation
          reloadStrategy: 'annotations', // the default, an environment variable, shows in every pod spec
          syncAfterRestart: true,
          enableHA: true, // more than one replica needs leader election
          readOnlyRootFileSystem: true, // brings an emptyDir for temporary files
          logFormat: 'json',
          ignoreNamespaces: 'kube-system',
          serviceMonitor: { enabled: false },
          podMonitor: { enabled: false },
          netpol: { enabled: false },
          service: { port: 9090 }, // without it the chart makes no Service, and nothing can be scraped
          deployment: {
            replicas: 2,
            securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
            containerSecurityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
          },
        },
      },
    });
  }
}
