import type { KubePrometheusStackValues } from '../../imports/charts/kube-prometheus-stack';
import { Component, Directory, type FluxRepo } from '../flux';
import {
  CiliumNetworkPolicy,
  fromKubeApi,
  fromNamespace,
  fromOwnNamespace,
  HelmRelease,
  HelmRepository,
  Namespace,
  toDns,
  toEntities,
  toKubeApi,
  toOwnNamespace,
} from '../manifests';
import { variable } from '../variables';

/** The label that the operator gives the pods of Prometheus. */
const PROMETHEUS = { 'app.kubernetes.io/name': 'prometheus' };

/** Prometheus, Alertmanager and Grafana; brings the CRDs that every `*-monitoring` component uses. */
export class PrometheusStack extends Component<'monitoring', 'nfs-provisioner' | 'cluster-secrets' | 'cilium' | 'longhorn-system'> {
  readonly release: HelmRelease<KubePrometheusStackValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'monitoring', {
      timeout: '20m', // five minutes more than its release
      provides: { groups: ['monitoring.coreos.com'] },
      because: {
        'nfs-provisioner': 'one order for every cluster, local-kube keeps these volumes there',
        'longhorn-system': 'binding any volume claim passes its webhook',
      },
    });
    this.accept(
      'install-retries-uninstall',
      'between attempts of the first install it takes the volume of Grafana, which holds nothing yet: dashboards and data sources are ConfigMaps',
    );
    const admin = this.secret('grafana-admin', { 'admin-user': 'fixed: admin', 'admin-password': 'generated' });

    new Namespace(this, 'namespace', {
      podSecurity: 'privileged',
      because: 'node-exporter mounts the root file system of its node and uses the network and processes of the host',
      audit: 'restricted', // everything else here passes it, and should go on doing so
      warn: 'restricted',
    });
    const repository = new HelmRepository(this, 'helm-repository', {
      name: 'prometheus-community',
      url: 'https://prometheus-community.github.io/helm-charts',
    });
    this.release = new HelmRelease<KubePrometheusStackValues>(this, 'helm-release', {
      name: 'kube-prometheus-stack', // the Services are named after it: linkerd-viz asks kube-prometheus-stack-prometheus
      chart: { repository, name: 'kube-prometheus-stack', version: '81.x' }, // a new major is a new operator with new CRDs
      crds: 'CreateReplace', // they lie in crds/ of a subchart: Helm alone would leave them at their first version for ever
      timeout: '15m',
      values: {
        prometheusOperator: {
          // With Fail a restarting operator would hold up every rule in the cluster, the thirty of this release included.
          admissionWebhooks: { failurePolicy: 'Ignore' },
          resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
          prometheusConfigReloader: { resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } } },
        },
        prometheus: {
          prometheusSpec: {
            // Each `true` would select only what carries the label of this release: no `*-monitoring` component does.
            ruleSelectorNilUsesHelmValues: false,
            serviceMonitorSelectorNilUsesHelmValues: false,
            podMonitorSelectorNilUsesHelmValues: false,
            probeSelectorNilUsesHelmValues: false,
            scrapeConfigSelectorNilUsesHelmValues: false,
            externalLabels: { cluster: variable('CLUSTER_NAME') },
            retention: '15d',
            retentionSize: '40GB', // below the volume's size: blocks are dropped before the write-ahead log has no room
            resources: { requests: { cpu: '250m', memory: '2Gi' }, limits: { memory: '4Gi' } },
            storageSpec: claim('50Gi'),
          },
        },
        alertmanager: {
          alertmanagerSpec: {
            alertmanagerConfigMatcherStrategy: { type: 'None' }, // the default routes only alerts of the config's own namespace
            resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
            storage: claim('2Gi'),
          },
        },
        grafana: {
          admin: { existingSecret: admin.name, userKey: admin.nameOf('admin-user'), passwordKey: admin.nameOf('admin-password') },
          initChownData: { enabled: false }, // an init container that runs as root
          testFramework: { enabled: false },
          deploymentStrategy: { type: 'Recreate' }, // its volume can be mounted by one node only
          persistence: { enabled: true, storageClassName: variable('MONITORING_STORAGE_CLASS'), size: '5Gi' },
          resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '512Mi' } },
          // Grafana 12 calls grafana.com at each start, for updates and plugins; the policies below let nothing out.
          env: {
            GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
            GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
            GF_ANALYTICS_REPORTING_ENABLED: 'false',
            GF_PLUGINS_PREINSTALL_DISABLED: 'true',
          },
        },
        'kube-state-metrics': { resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } } },
        'prometheus-node-exporter': { resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '128Mi' } } },
        // The chart's own monitors and rules stay on, here alone: Helm installs the chart's crds/ first, so nothing waits for
        // another component, and kubelet and kube-state-metrics feed half of all alerts. Off is what cannot be scraped:
        kubeControllerManager: { enabled: false }, // kubeadm binds these three to 127.0.0.1
        kubeScheduler: { enabled: false },
        kubeEtcd: { enabled: false },
        kubeProxy: { enabled: false }, // Cilium takes its place
      },
    });

    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'allow-k8s-api', {
      egress: [toKubeApi(), toDns(), toOwnNamespace()], // the chart's hook Jobs make the webhook certificate through the API
      ingress: [fromKubeApi(10250)], // the operator's webhooks
    });
    new CiliumNetworkPolicy(policies, 'allow-same-namespace', { ingress: [fromOwnNamespace()] });
    new CiliumNetworkPolicy(policies, 'prometheus-ingress', {
      endpoints: { matchLabels: PROMETHEUS },
      ingress: [fromNamespace('linkerd-viz', [9090])],
    });
    new CiliumNetworkPolicy(policies, 'prometheus-scrape', {
      endpoints: { matchLabels: PROMETHEUS },
      egress: [toEntities(['cluster'])], // pods of all namespaces, kubelets, node-exporters, the API server: on any port
    });
  }
}

/** A volume of its own for each replica of what the operator runs. */
function claim(size: `${number}Gi`) {
  return {
    volumeClaimTemplate: {
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: variable('MONITORING_STORAGE_CLASS'),
        resources: { requests: { storage: size } },
      },
    },
  };
}
