import type { CertManagerValues } from '../../imports/charts/cert-manager';
import { Component, type FluxRepo } from '../flux';
import { HelmRelease, HelmRepository, Namespace } from '../manifests';

/** Issues and renews X.509 certificates: Linkerd's identity, the Gateway's server certificate, webhooks. */
export class CertManager extends Component<'cert-manager'> {
  readonly release: HelmRelease<CertManagerValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'cert-manager', { provides: { groups: ['cert-manager.io', 'acme.cert-manager.io'] } });

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    const repository = new HelmRepository(this, 'helm-repository', { name: 'jetstack', url: 'https://charts.jetstack.io' });
    this.release = new HelmRelease<CertManagerValues>(this, 'helm-release', {
      chart: { repository, name: 'cert-manager', version: 'v1.19.x' },
      crds: 'Skip', // they are templates
      onFailure: { retry: true, because: 'its start-up check fails when the webhook is slow, and an uninstall would only make it slower' },
      values: {
        crds: { enabled: true, keep: true }, // off by default; kept, since every Certificate goes with its CRD
        global: {
          priorityClassName: 'system-cluster-critical',
          leaderElection: { namespace: 'cert-manager' }, // kube-system by default
        },
        resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
        webhook: {
          replicaCount: 2, // it fails closed: while it is away no Certificate or Issuer can be written
          timeoutSeconds: 10, // 30 by default, as long as the API server waits at most
          podDisruptionBudget: { enabled: true, minAvailable: 1 },
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
        },
        cainjector: {
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
        },
        startupapicheck: {
          timeout: '5m', // one minute by default, short where images come slowly
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
        },
        prometheus: { servicemonitor: { enabled: false }, podmonitor: { enabled: false } },
      },
    });
  }
}
