import type { CloudnativePgValues } from '../../imports/charts/cloudnative-pg';
import { brings } from './brings';
import { isOn, monitor, policyOr, portOr, textOr } from './switch';
import { NAMESPACE_NAME, WRITES } from './webhook';

const KINDS = [
  'Backup',
  'Cluster',
  'ClusterImageCatalog',
  'Database',
  'FailoverQuorum',
  'ImageCatalog',
  'Pooler',
  'Publication',
  'ScheduledBackup',
  'Subscription',
] as const;

/** The plurals that each kind of webhook is asked about. */
const MUTATED = ['backups', 'clusters', 'databases', 'scheduledbackups'] as const;
const VALIDATED = [...MUTATED, 'poolers'] as const;

/** Chart 0.27.1: templates/crds/crds.yaml, mutatingwebhookconfiguration.yaml, validatingwebhookconfiguration.yaml, podmonitor.yaml. */
export const cloudnativePg = brings<CloudnativePgValues>({
  chart: 'cloudnative-pg',
  repositories: ['https://cloudnative-pg.github.io/charts', 'oci://ghcr.io/cloudnative-pg/charts'],
  version: '0.27.1',
  crds: 'templates',
  brings: (values, release) => {
    const namespace = textOr(values.namespaceOverride, release.namespace);
    const pods = { 'app.kubernetes.io/name': 'cloudnative-pg', 'app.kubernetes.io/instance': release.name };
    const webhook = {
      sideEffects: 'None',
      service: 'cnpg-webhook-service',
      podPort: portOr(values.webhook?.port, 9443),
      pods,
      hostNetwork: isOn(values.hostNetwork, false),
      registered: 'helm',
      namespaceSelector: isOn(values.config?.clusterWide, true) ? undefined : { matchLabels: { [NAMESPACE_NAME]: namespace } },
    } as const;
    const on = (resource: string) => [
      { groups: ['postgresql.cnpg.io'], versions: ['v1'], resources: [resource], operations: WRITES } as const,
    ];
    const mutating = isOn(values.webhook?.mutating?.create, true) ? MUTATED : [];
    const validating = isOn(values.webhook?.validating?.create, true) ? VALIDATED : [];
    return {
      crds: isOn(values.crds?.create, true) ? [{ group: 'postgresql.cnpg.io', kinds: KINDS, from: 'templates, kept' }] : [],
      webhooks: [
        ...mutating.map((resource) => ({
          ...webhook,
          name: `m${resource.slice(0, -1)}.cnpg.io`,
          type: 'mutating' as const,
          failurePolicy: policyOr(values.webhook?.mutating?.failurePolicy, 'Fail'),
          rules: on(resource),
        })),
        ...validating.map((resource) => ({
          ...webhook,
          name: `v${resource.slice(0, -1)}.cnpg.io`,
          type: 'validating' as const,
          failurePolicy: policyOr(values.webhook?.validating?.failurePolicy, 'Fail'),
          rules: on(resource),
        })),
      ],
      metrics: [{ port: 8080, pods }],
      owns: [
        { kind: 'Service', name: 'cnpg-webhook-service', namespace },
        { kind: 'ConfigMap', name: 'cnpg-controller-manager-config', namespace },
        { kind: 'ConfigMap', name: 'cnpg-default-monitoring', namespace },
      ],
      monitors: monitor('PodMonitor', 'monitoring.podMonitorEnabled', values.monitoring?.podMonitorEnabled),
    };
  },
});
