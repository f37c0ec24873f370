import { parseAllDocuments } from 'yaml';
import { Component, Directory, FluxRepo, layout } from '../src/flux';
import {
  CiliumNetworkPolicy,
  fromKubeApi,
  HelmRelease,
  HelmRepository,
  Namespace,
  toDns,
  toKubeApi,
  toOwnNamespace,
} from '../src/manifests';
import { platform } from '../src/platform';

/*
 * The specification's own examples, as it prints them, and what comes out for the same thing: field for field and in the same
 * order, but for the corrections named beside each.
 */

class ComponentName extends Component<'component-name'> {
  constructor() {
    super(new FluxRepo({ url: 'ssh://git@example.org/infra.git', branch: 'main' }), 'component-name');
    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    const repository = new HelmRepository(this, 'helm-repository', { name: 'repo-name', url: 'https://charts.example.org' });
    new HelmRelease<{ readonly replicas: number }>(this, 'helm-release', {
      chart: { repository, name: 'chart-name', version: '1.x' },
      crds: 'Skip',
      values: { replicas: 2 },
    });
    new CiliumNetworkPolicy(new Directory(this, 'cilium-network-policies'), 'allow-k8s-api', {
      egress: [toKubeApi(), toDns(), toOwnNamespace()],
      ingress: [fromKubeApi(9443)],
    });
  }
}

const example = new ComponentName();
const files = layout(example.node.root as FluxRepo);

/** The emitted text without its header. */
function emitted(path: string): string {
  return (files.get(`namespaces/component-name/${path}`)?.text ?? '').replace(/^#.*\n/, '');
}

test('the standard HelmRelease; corrections: the fate of CRDs is stated (ADR 0006)', () => {
  expect(emitted('helm-release.yaml').replaceAll('    crds: Skip\n', '')).toBe(`\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: component-name
  namespace: component-name
spec:
  interval: 1h
  chart:
    spec:
      chart: chart-name
      version: 1.x
      sourceRef:
        kind: HelmRepository
        name: repo-name
        namespace: flux-system
  timeout: 10m
  install:
    remediation:
      retries: 3
  upgrade:
    remediation:
      retries: 3
  values:
    replicas: 2
`);
});

test('allow-k8s-api; corrections: remote-node, and the pod port in place of the Service ports (ADR 0004)', () => {
  expect(emitted('cilium-network-policies/allow-k8s-api.yaml')).toBe(`\
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: allow-k8s-api
  namespace: component-name
spec:
  endpointSelector: {}
  egress:
    - toEntities:
        - kube-apiserver
      toPorts:
        - ports:
            - port: "443"
              protocol: TCP
            - port: "6443"
              protocol: TCP
    - toEndpoints:
        - matchLabels:
            k8s:io.kubernetes.pod.namespace: kube-system
            k8s:k8s-app: kube-dns
      toPorts:
        - ports:
            - port: "53"
              protocol: UDP
            - port: "53"
              protocol: TCP
    - toEndpoints:
        - {}
  ingress:
    - fromEntities:
        - kube-apiserver
        - host
        - remote-node
      toPorts:
        - ports:
            - port: "9443"
              protocol: TCP
`);
});

test('a Namespace with its Pod Security labels; correction: kept out of the mesh (ADR 0005)', () => {
  const mesh = /^ {4}config\.linkerd\.io\/admission-webhooks: disabled\n {2}annotations:\n {4}linkerd\.io\/inject: disabled\n/m;
  expect(emitted('namespace.yaml').replace(mesh, '')).toBe(`\
apiVersion: v1
kind: Namespace
metadata:
  name: component-name
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: latest
`);
});

test("a component's kustomization.yaml; correction: the folder of policies is listed (ADR 0003)", () => {
  expect(emitted('kustomization.yaml').replace('  - cilium-network-policies\n', '')).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - namespace.yaml
  - helm-repository.yaml
  - helm-release.yaml
`);
});

test('the Flux Kustomization of cilium-monitoring; corrections: retryInterval, and the reasons in words of our own', () => {
  const infrastructure = layout(platform()).get('clusters/local-kube/infrastructure.yaml')?.text ?? '';
  const documents = infrastructure.split('---\n');
  const [ours = ''] = documents.filter((text) => text.includes('  name: cilium-monitoring\n'));
  const [, ...patches] = ours.split('  patches:\n');
  expect(patches.length).toBeLessThanOrEqual(1); // what local-kube changes comes after what the specification shows
  expect(
    ours
      .split('  patches:\n')[0]
      ?.replace('  retryInterval: 1m\n', '')
      .replace(/^# .*\n/, '')
      .replaceAll(/ {2}#.*/g, ''),
  ).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: cilium-monitoring
  namespace: flux-system
spec:
  dependsOn:
    - name: monitoring
    - name: cilium
  interval: 5m
  path: ./namespaces/cilium-monitoring
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  wait: false
  timeout: 5m
`);
});

test('a Secret is declared with its shape and without a value, and cluster-secrets alone decrypts', () => {
  const tree = layout(platform());
  const documents = parseAllDocuments(tree.get('clusters/production/infrastructure.yaml')?.text ?? '').map((document) => document.toJS());
  const decrypting = documents.filter(({ spec }) => spec.decryption !== undefined);
  expect(decrypting.map(({ metadata, spec }) => [metadata.name, spec.decryption])).toEqual([
    ['cluster-secrets', { provider: 'sops', secretRef: { name: 'sops-age' } }],
  ]);
  const templates = [...tree].filter(([path]) => path.endsWith('.template.yaml'));
  expect(templates.length).toBeGreaterThan(50);
  for (const [path, { objects }] of templates) {
    for (const object of objects) {
      const values = 'stringData' in object ? Object.values(object.stringData ?? {}) : ['no stringData'];
      expect({ path, values: new Set(values) }).toEqual({ path, values: new Set(['']) });
    }
  }
});
