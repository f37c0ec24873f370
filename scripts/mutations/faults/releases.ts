import { type Fault, replace, replaceIn } from '../fault';

const REDIS = 'namespaces/redis/helm-release.yaml';
const RETRY = `    strategy:
      name: RetryOnFailure
      retryInterval: 2m
`;

/** HelmReleases, their charts and where those come from. */
export const releases: readonly Fault[] = [
  { rule: 'values-known', mistake: 'a misspelt value', plant: replace(REDIS, 'existingSecret:', 'existingSecrets:') },
  {
    rule: 'values-known',
    mistake: 'a value in the wrong place',
    plant: replace('namespaces/kyverno/helm-release.yaml', '      replicas: 3\n', '      replicaCount: 3\n'),
  },
  {
    rule: 'values-known',
    mistake: 'a misspelt value in a patch of one cluster',
    plant: replaceIn('production', 'gatekeeper-system', 'replicas: 3', 'replica: 3'),
  },
  {
    rule: 'release-version',
    mistake: 'any version',
    plant: replace('namespaces/kyverno/helm-release.yaml', 'version: 3.6.x', 'version: "*"'),
  },
  {
    rule: 'release-version',
    mistake: 'a version without an upper end',
    plant: replace('namespaces/kyverno/helm-release.yaml', 'version: 3.6.x', 'version: ">=3.6.0"'),
  },
  { rule: 'no-destructive-remediation', mistake: 'upgrade.force', plant: replace(REDIS, '  upgrade:\n', '  upgrade:\n    force: true\n') },
  {
    rule: 'no-destructive-remediation',
    mistake: 'cleanupOnFail',
    plant: replace(REDIS, '  upgrade:\n', '  upgrade:\n    cleanupOnFail: true\n'),
  },
  {
    rule: 'no-destructive-remediation',
    mistake: 'uninstall after a failed upgrade',
    plant: replace(
      'namespaces/gatekeeper-system/helm-release.yaml',
      '  upgrade:\n    crds: CreateReplace\n    remediation:\n',
      '  upgrade:\n    crds: CreateReplace\n    remediation:\n      strategy: uninstall\n',
    ),
  },
  {
    rule: 'no-destructive-remediation',
    mistake: 'remediateLastFailure of an install',
    plant: replace(
      'namespaces/gatekeeper-system/helm-release.yaml',
      '    remediation:\n',
      '    remediation:\n      remediateLastFailure: true\n',
    ),
  },
  { rule: 'release-retries', mistake: 'a release that gives up after one failure', plant: replace(REDIS, new RegExp(RETRY, 'g'), '') },
  {
    rule: 'install-retries-uninstall',
    mistake: 'the CRDs of the mesh go with an attempt',
    plant: replace('namespaces/linkerd/helm-release-crds.yaml', RETRY, '    remediation:\n      retries: 3\n'),
  },
  {
    rule: 'install-retries-uninstall',
    mistake: 'CRDs in templates that go with an attempt',
    plant: replace('namespaces/longhorn-system/helm-release.yaml', RETRY, '    remediation:\n      retries: 3\n'),
  },
  {
    rule: 'crds-policy',
    mistake: 'no word on CRDs',
    plant: replace('namespaces/trivy-system/helm-release.yaml', / {4}crds: CreateReplace\n/g, ''),
  },
  {
    rule: 'crds-in-templates',
    mistake: 'CRDs that an uninstall takes along',
    plant: replace('namespaces/cert-manager/helm-release.yaml', '      keep: true\n', '      keep: false\n'),
  },
  {
    rule: 'source-exists',
    mistake: 'a chart from a repository that nobody makes',
    plant: replace(REDIS, '        name: bitnami\n', '        name: bitnamy\n'),
  },
  {
    rule: 'source-exists',
    mistake: 'a repository looked for in the wrong namespace',
    plant: replace(REDIS, '        namespace: flux-system\n', ''),
  },
  {
    rule: 'no-chart-service-monitor',
    mistake: 'a chart that makes its own ServiceMonitor',
    plant: replace(REDIS, 'serviceMonitor:\n        enabled: false', 'serviceMonitor:\n        enabled: true'),
  },
  {
    rule: 'restart-annotations',
    mistake: 'an annotation that only restarts',
    plant: replace(
      'namespaces/netcorp/deployment-netcorp-api.yaml',
      '      annotations:\n',
      '      annotations:\n        kubectl.kubernetes.io/restartedAt: "2026-01-01T00:00:00Z"\n',
    ),
  },
  {
    rule: 'release-name-length',
    mistake: 'a release name that Helm hashes',
    plant: replace(REDIS, 'spec:\n  interval', `spec:\n  releaseName: ${'a'.repeat(54)}\n  interval`),
  },
  {
    rule: 'cni-exclusive',
    mistake: 'Cilium takes the CNI folder for itself',
    plant: replace('namespaces/cilium/helm-release.yaml', 'exclusive: false', 'exclusive: true'),
  },
  {
    rule: 'oci-repository',
    mistake: 'an OCI address in a repository of the other type',
    plant: replace('namespaces/redis/helm-repository.yaml', / {2}type: oci\n/, ''),
  },
  {
    rule: 'helm-depends-on',
    mistake: 'a release that waits for one that nobody makes',
    plant: replace(REDIS, 'spec:\n  interval', 'spec:\n  dependsOn:\n    - name: rediss\n  interval'),
  },
];
