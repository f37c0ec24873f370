import type { GatekeeperValues } from '../../imports/charts/gatekeeper';
import { Component, Directory, type FluxRepo } from '../flux';
import {
  CiliumNetworkPolicy,
  fromKubeApi,
  fromMonitoring,
  fromOwnNamespace,
  HelmRelease,
  HelmRepository,
  infrastructureNamespacesExcept,
  Namespace,
  toDns,
  toKubeApi,
  toOwnNamespace,
} from '../manifests';

/** OPA Gatekeeper admits and audits objects by constraints, which gatekeeper-config holds. */
export class GatekeeperSystem extends Component<'gatekeeper-system', 'cilium'> {
  readonly release: HelmRelease<GatekeeperValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'gatekeeper-system', {
      provides: {
        groups: [
          'templates.gatekeeper.sh',
          'config.gatekeeper.sh',
          'syncset.gatekeeper.sh',
          'mutations.gatekeeper.sh',
          'expansion.gatekeeper.sh',
        ],
      },
    });

    new Namespace(this, 'namespace', {
      podSecurity: 'restricted',
      labels: { 'admission.gatekeeper.sh/ignore': 'no-self-managing' }, // what the chart's labelling hook would set; it is off below
    });
    const repository = new HelmRepository(this, 'helm-repository', {
      name: 'gatekeeper',
      url: 'https://open-policy-agent.github.io/gatekeeper/charts',
    });
    this.release = new HelmRelease<GatekeeperValues>(this, 'helm-release', {
      name: 'gatekeeper', // also in the pods' label `release`, by which gatekeeper-monitoring finds them
      chart: { repository, name: 'gatekeeper', version: '3.21.x' },
      crds: 'CreateReplace',
      values: {
        replicas: 2,
        upgradeCRDs: { enabled: false }, // a hook Job with rights of its own over all CRDs, for what Flux does already
        disableMutation: true, // no mutators here, and its webhook would sit on every write
        // Fail is the default, over every Namespace of the cluster: with Gatekeeper down, all that list a Namespace stop being
        // applied, Cilium among them, on which Gatekeeper depends. The repair could not arrive.
        validatingWebhookCheckIgnoreFailurePolicy: 'Ignore',
        // Evaluated by the API server, so it holds with Gatekeeper down; the chart exempts its own namespace by itself.
        validatingWebhookExemptNamespacesLabels: {
          'kubernetes.io/metadata.name': infrastructureNamespacesExcept('gatekeeper-system'),
        },
        postInstall: {
          labelNamespace: { enabled: false }, // the Namespace is in Git with its labels
          probeWebhook: { enabled: false }, // a Job that fails the whole install when the webhook takes its time
        },
        preUninstall: { deleteWebhookConfigurations: { enabled: true } }, // left behind, they outlive the pods that answer them
        logDenies: true,
      },
    });

    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'allow-k8s-api', {
      egress: [toKubeApi(), toDns(), toOwnNamespace()],
      ingress: [fromKubeApi(8443)],
    });
    new CiliumNetworkPolicy(policies, 'allow-same-namespace', { ingress: [fromOwnNamespace()] });
    new CiliumNetworkPolicy(policies, 'allow-metrics', { ingress: [fromMonitoring(8888)] });
  }
}
