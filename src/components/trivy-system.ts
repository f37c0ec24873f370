import type { TrivyOperatorValues } from '../../imports/charts/trivy-operator';
import { Component, type FluxRepo } from '../flux';
import { HelmRelease, HelmRepository, Namespace } from '../manifests';

/** Trivy scans what runs in the cluster: images, configurations, RBAC. It reports and never refuses. */
export class TrivySystem extends Component<'trivy-system'> {
  readonly release: HelmRelease<TrivyOperatorValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'trivy-system', { provides: { groups: ['aquasecurity.github.io'] } });

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    const repository = new HelmRepository(this, 'helm-repository', {
      name: 'aqua',
      url: 'https://aquasecurity.github.io/helm-charts/',
    });
    this.release = new HelmRelease<TrivyOperatorValues>(this, 'helm-release', {
      name: 'trivy-operator',
      chart: { repository, name: 'trivy-operator', version: '0.32.1' }, // exact: upstream published malicious scanners in March 2026
      crds: 'CreateReplace',
      values: {
        operator: {
          scanJobsConcurrentLimit: 3, // ten by default, enough to fill a small node
          scanJobTTL: '10m', // failed scans stay otherwise
          infraAssessmentScannerEnabled: false, // its node collector needs hostPID and hostPath, and so a privileged namespace
          builtInTrivyServer: true, // one copy of the databases, instead of a download in every scan
        },
        trivy: {
          image: { tag: '0.69.3' }, // the last one before 0.69.4 to 0.69.6, which were malicious (CVE-2026-33634)
          mode: 'ClientServer',
          storageClassEnabled: false, // the databases lie in an emptyDir: a claim would wait for storage, and NFS breaks their locks
          severity: 'HIGH,CRITICAL',
          ignoreUnfixed: true,
          server: {
            podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        },
        trivyOperator: {
          // the scanner's image runs as root unless told otherwise
          scanJobPodTemplatePodSecurityContext: {
            runAsNonRoot: true,
            runAsUser: 10000,
            runAsGroup: 10000,
            fsGroup: 10000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
        compliance: { specs: ['k8s-nsa-1.0', 'k8s-pss-baseline-0.1', 'k8s-pss-restricted-0.1'] }, // k8s-cis-1.23 asks for the node collector
        podSecurityContext: { runAsNonRoot: true, runAsUser: 10000, seccompProfile: { type: 'RuntimeDefault' } },
        resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '1Gi' } }, // none by default; it keeps every report in memory
        serviceMonitor: { enabled: false },
      },
    });
  }
}
