import type { KyvernoValues } from '../../imports/charts/kyverno';
import { Component, type FluxRepo } from '../flux';
import { HelmRelease, HelmRepository, infrastructureNamespacesExcept, Namespace } from '../manifests';

/** Kyverno validates, mutates and generates objects by policy; the policies themselves are in kyverno-config. */
export class Kyverno extends Component<'kyverno'> {
  readonly release: HelmRelease<KyvernoValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'kyverno', {
      provides: { groups: ['kyverno.io', 'policies.kyverno.io', 'reports.kyverno.io', 'wgpolicyk8s.io'] },
    });

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    const repository = new HelmRepository(this, 'helm-repository', { url: 'https://kyverno.github.io/kyverno/' });
    this.release = new HelmRelease<KyvernoValues>(this, 'helm-release', {
      chart: { repository, name: 'kyverno', version: '3.6.x' }, // 3.7 deprecates ClusterPolicy, and brings more CRDs from another repository
      crds: 'Skip', // they are templates of the chart
      onFailure: {
        retry: true,
        because: 'an uninstall between two tries takes the webhooks away, and the CRDs but for the annotation below',
      },
      values: {
        crds: { annotations: { 'helm.sh/resource-policy': 'keep' } }, // they are part of the release: an uninstall would delete every policy
        config: {
          webhooks: {
            namespaceSelector: {
              matchExpressions: [
                // The list replaces the chart's own; the chart adds kyverno's namespace by itself.
                { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: infrastructureNamespacesExcept('kyverno') },
              ],
            },
          },
        },
        features: { policyExceptions: { enabled: true, namespace: 'kyverno' } }, // off by default; only the namespace that Git fills may hold any
        grafana: { enabled: false },
        admissionController: {
          replicas: 3, // or one, as local-kube has it; a second gains nothing in leader election
          serviceMonitor: { enabled: false },
        },
        // the chart's 64Mi and 128Mi are for a cluster without objects
        backgroundController: {
          resources: { requests: { memory: '128Mi' }, limits: { memory: '256Mi' } },
          serviceMonitor: { enabled: false },
        },
        cleanupController: {
          resources: { requests: { memory: '128Mi' }, limits: { memory: '256Mi' } },
          serviceMonitor: { enabled: false },
        },
        reportsController: {
          resources: { requests: { memory: '128Mi' }, limits: { memory: '256Mi' } },
          serviceMonitor: { enabled: false },
        },
      },
    });
  }
}
