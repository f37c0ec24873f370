import type { TrivyOperatorValues } from '../../imports/charts/trivy-operator';
import { brings } from './brings';
import { fullname } from './fullname';
import { isOn, monitor } from './switch';

const KINDS = [
  'ClusterComplianceReport',
  'ClusterConfigAuditReport',
  'ClusterInfraAssessmentReport',
  'ClusterRbacAssessmentReport',
  'ClusterSbomReport',
  'ClusterVulnerabilityReport',
  'ConfigAuditReport',
  'ExposedSecretReport',
  'InfraAssessmentReport',
  'RbacAssessmentReport',
  'SbomReport',
  'VulnerabilityReport',
] as const;

/** Chart 0.32.1: crds/, templates/deployment.yaml, templates/trivy-server, templates/specs, templates/monitor/servicemonitor.yaml. */
export const trivyOperator = brings<TrivyOperatorValues>({
  chart: 'trivy-operator',
  repositories: ['https://aquasecurity.github.io/helm-charts', 'oci://ghcr.io/aquasecurity/helm-charts'],
  version: '0.32.1',
  crds: 'folder',
  brings: (values, release) => ({
    crds: [{ group: 'aquasecurity.github.io', kinds: KINDS, from: 'crds folder' }],
    metrics: [{ port: 8080, pods: { 'app.kubernetes.io/name': 'trivy-operator', 'app.kubernetes.io/instance': release.name } }],
    owns: [
      {
        kind: 'ServiceAccount',
        name: fullname('trivy-operator', release, { fullname: values.fullnameOverride, name: values.nameOverride }),
        namespace: release.namespace,
      },
      { kind: 'Secret', name: 'trivy-operator', namespace: release.namespace },
      ...(isOn(values.trivy?.existingSecret, false)
        ? []
        : [{ kind: 'Secret', name: 'trivy-operator-trivy-config', namespace: release.namespace }]),
      { kind: 'ConfigMap', name: 'trivy-operator', namespace: release.namespace },
      { kind: 'ConfigMap', name: 'trivy-operator-trivy-config', namespace: release.namespace },
      { kind: 'ConfigMap', name: 'trivy-operator-policies-config', namespace: release.namespace },
    ],
    monitors: monitor('ServiceMonitor', 'serviceMonitor.enabled', values.serviceMonitor?.enabled),
  }),
});
