import fc from 'fast-check';

/** Objects, as an author could have them. Few names and few keys, so that things meet. */

const NAMES = ['a', 'b', 'web', 'web-1', 'cfg'] as const;
const NAMESPACES = [undefined, undefined, 'default', 'n1', 'n2'] as const;
export const LABELS = { app: ['web', 'api', '1.2'], tier: ['front', 'back', ''], legacy: ['yes'] } as const;

export const name = fc.constantFrom(...NAMES);
export const namespace = fc.constantFrom(...NAMESPACES);

/** Absent in so many cases of one more. */
export const rarely = <T>(value: fc.Arbitrary<T>, times = 4): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const given = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

/** A value as CRDs have it: maps, lists of maps and scalars, null among them. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ node: unknown; map: unknown; list: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<unknown>('x', 'y', '', 'on', '8080', 'null', 1, 0, -2, 1.5, true, false, null),
    tie('map'),
    tie('list'),
  ),
  map: fc.dictionary(fc.constantFrom('name', 'a', 'b', 'c', 'containers', 'image', 'key'), tie('node'), { maxKeys: 4 }),
  list: fc.array(tie('node'), { maxLength: 3 }),
})).node;

export const anyMap: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.dictionary(
  fc.constantFrom('values', 'a', 'b', 'hosts', 'template', 'replicas', 'interval'),
  anyValue,
  { maxKeys: 5 },
);

export const labels = fc.record(
  {
    app: fc.constantFrom(...LABELS.app),
    tier: fc.constantFrom(...LABELS.tier),
    legacy: fc.constantFrom(...LABELS.legacy),
  },
  { requiredKeys: [] },
);

const annotations = fc.dictionary(
  fc.constantFrom('note', 'example.com/checksum', 'config.kubernetes.io/local-config'),
  fc.constantFrom<unknown>('x', '1', 'false', 'false', 7, true, '', null),
  { maxKeys: 2 },
);

const metadata = fc
  .record({
    name,
    namespace,
    labels: given(labels),
    annotations: rarely(annotations, 2),
    finalizers: rarely(fc.uniqueArray(fc.constantFrom('f1', 'f2', 'f3'), { maxLength: 3 }), 4),
  })
  .map(stripped);

const env = fc.oneof(
  fc.record({ name: fc.constantFrom('A', 'B', 'C'), value: fc.constantFrom<unknown>('1', 'x', '') }),
  fc.record({
    name: fc.constantFrom('A', 'D'),
    valueFrom: fc.oneof(
      fc.record({ configMapKeyRef: fc.record({ name, key: fc.constant('k') }) }),
      fc.record({ secretKeyRef: fc.record({ name, key: fc.constant('k') }) }),
    ),
  }),
);

const port = fc
  .record({
    containerPort: fc.constantFrom(80, 81, 443),
    protocol: given(fc.constantFrom('TCP', 'UDP')),
    name: given(fc.constantFrom('http', 'https')),
    hostPort: given(fc.constantFrom(1, 2)),
  })
  .map(stripped);

const container = fc
  .record({
    name: fc.constantFrom('main', 'side', 'init'),
    image: given(fc.constantFrom('nginx', 'nginx:1.2', 'registry:5000/team/app:v1', 'nginx@sha256:abc', 'app:1@sha256:def')),
    args: given(fc.array(fc.constantFrom('--a', '--b'), { maxLength: 2 })),
    env: given(fc.array(env, { maxLength: 3 })),
    envFrom: given(
      fc.array(fc.oneof(fc.record({ configMapRef: fc.record({ name }) }), fc.record({ secretRef: fc.record({ name }) })), { maxLength: 2 }),
    ),
    ports: given(fc.array(port, { maxLength: 3 })),
    volumeMounts: given(fc.array(fc.record({ name: fc.constantFrom('v', 'w'), mountPath: fc.constantFrom('/a', '/b') }), { maxLength: 2 })),
    securityContext: given(fc.constantFrom({}, { runAsUser: 1 }, { capabilities: { drop: ['ALL'], add: [] } })),
  })
  .map(stripped);

const volume = fc.oneof(
  fc.record({ name: fc.constantFrom('v', 'w'), emptyDir: fc.constant({}) }),
  fc.record({ name: fc.constantFrom('v', 'w'), configMap: fc.record({ name }) }),
  fc.record({ name: fc.constantFrom('v', 'w'), secret: fc.record({ secretName: name }) }),
  fc.record({ name: fc.constantFrom('v', 'w'), persistentVolumeClaim: fc.record({ claimName: name }) }),
  fc.record({
    name: fc.constantFrom('v', 'w'),
    projected: fc.record({ sources: fc.array(fc.record({ secret: fc.record({ name }) }), { maxLength: 2 }) }),
  }),
);

const podSpec = fc
  .record({
    containers: given(fc.array(container, { maxLength: 3 })),
    initContainers: rarely(fc.array(container, { maxLength: 2 }), 3),
    volumes: given(fc.array(volume, { maxLength: 2 })),
    serviceAccountName: given(name),
    imagePullSecrets: given(fc.array(fc.record({ name }), { maxLength: 2 })),
    tolerations: given(fc.array(fc.record({ key: fc.constantFrom('k', 'l'), operator: fc.constant('Exists') }), { maxLength: 2 })),
    hostAliases: rarely(
      fc.array(fc.record({ ip: fc.constantFrom('1.1.1.1', '2.2.2.2'), hostnames: fc.constant(['h']) }), { maxLength: 2 }),
      3,
    ),
    topologySpreadConstraints: rarely(
      fc.array(
        fc
          .record({
            topologyKey: fc.constantFrom('zone', 'host'),
            whenUnsatisfiable: fc.constantFrom('DoNotSchedule', 'ScheduleAnyway'),
            maxSkew: fc.constantFrom(1, 2),
            labelSelector: given(fc.record({ matchLabels: labels })),
          })
          .map(stripped),
        { maxLength: 2 },
      ),
      3,
    ),
    affinity: rarely(
      fc.constantFrom(
        {},
        {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'host' }],
          },
        },
      ),
      3,
    ),
  })
  .map(stripped);

const template = fc.record({ metadata: given(fc.record({ labels: given(labels) }).map(stripped)), spec: podSpec }).map(stripped);

const workload = fc
  .record({ replicas: given(fc.constantFrom(1, 3)), selector: given(fc.record({ matchLabels: labels })), template: given(template) })
  .map(stripped);

type Body = Readonly<Record<string, unknown>>;

const kind = (apiVersion: string, kindName: string, body: fc.Arbitrary<Body>): fc.Arbitrary<Body> =>
  fc.record({ metadata, body }).map((made) => ({ apiVersion, kind: kindName, metadata: made.metadata, ...made.body }));

const spec = (body: fc.Arbitrary<unknown>): fc.Arbitrary<Body> => fc.record({ spec: body });

const subjects = fc.array(
  fc.record({ kind: fc.constantFrom('ServiceAccount', 'User'), name: fc.constantFrom('default', ...NAMES), namespace }).map(stripped),
  { maxLength: 2 },
);

const binding = fc.record({
  roleRef: fc.record({ apiGroup: fc.constant('rbac.authorization.k8s.io'), kind: fc.constantFrom('Role', 'ClusterRole'), name }),
  subjects: fc.option(subjects, { nil: undefined }),
});

/** Any object, of the kinds that kustomize treats in some way of their own, and of those that it does not know. */
export const anyObject: fc.Arbitrary<Body> = fc.oneof(
  { weight: 5, arbitrary: kind('apps/v1', 'Deployment', spec(workload)) },
  { weight: 2, arbitrary: kind('apps/v1', 'StatefulSet', spec(workload)) },
  { weight: 1, arbitrary: kind('batch/v1', 'CronJob', spec(fc.record({ jobTemplate: fc.record({ spec: fc.record({ template }) }) }))) },
  { weight: 1, arbitrary: kind('batch/v1', 'Job', spec(fc.record({ template }))) },
  { weight: 1, arbitrary: kind('v1', 'Pod', spec(podSpec)) },
  {
    weight: 4,
    arbitrary: kind(
      'v1',
      'ConfigMap',
      fc.record({ data: given(fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom('x', '8080', 'a\nb\n'))) }).map(stripped),
    ),
  },
  {
    weight: 2,
    arbitrary: kind(
      'v1',
      'Secret',
      fc.record({ data: given(fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom('eA=='))) }).map(stripped),
    ),
  },
  {
    weight: 2,
    arbitrary: kind(
      'v1',
      'Service',
      spec(
        fc
          .record({
            selector: given(labels),
            ports: given(
              fc.array(
                fc
                  .record({
                    port: fc.constantFrom(80, 443),
                    protocol: given(fc.constantFrom('TCP', 'UDP')),
                    name: given(fc.constantFrom('http')),
                  })
                  .map(stripped),
                { maxLength: 3 },
              ),
            ),
          })
          .map(stripped),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: kind(
      'v1',
      'ServiceAccount',
      fc.record({ imagePullSecrets: given(fc.array(fc.record({ name }), { maxLength: 2 })) }).map(stripped),
    ),
  },
  { weight: 1, arbitrary: kind('v1', 'Namespace', fc.constant({})) },
  { weight: 1, arbitrary: kind('v1', 'PersistentVolumeClaim', spec(fc.record({ storageClassName: name }))) },
  { weight: 1, arbitrary: kind('storage.k8s.io/v1', 'StorageClass', fc.constant({ provisioner: 'p' })) },
  {
    weight: 1,
    arbitrary: kind(
      'rbac.authorization.k8s.io/v1',
      'Role',
      fc.record({ rules: fc.array(fc.record({ resourceNames: fc.array(name, { maxLength: 2 }) }), { maxLength: 2 }) }),
    ),
  },
  { weight: 1, arbitrary: kind('rbac.authorization.k8s.io/v1', 'ClusterRole', fc.constant({ rules: [] })) },
  { weight: 1, arbitrary: kind('rbac.authorization.k8s.io/v1', 'RoleBinding', binding.map(stripped)) },
  { weight: 1, arbitrary: kind('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', binding.map(stripped)) },
  {
    weight: 1,
    arbitrary: kind('networking.k8s.io/v1', 'NetworkPolicy', spec(fc.record({ podSelector: fc.record({ matchLabels: labels }) }))),
  },
  {
    weight: 1,
    arbitrary: kind(
      'networking.k8s.io/v1',
      'Ingress',
      spec(
        fc.record({
          tls: fc.array(fc.record({ secretName: name, hosts: fc.constant(['h']) }), { maxLength: 2 }),
          defaultBackend: fc.record({ service: fc.record({ name }) }),
        }),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: kind(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      spec(
        fc.record({
          scaleTargetRef: fc.record({ apiVersion: fc.constant('apps/v1'), kind: fc.constant('Deployment'), name }),
          metrics: fc.array(anyValue, { maxLength: 2 }),
        }),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: kind(
      'admissionregistration.k8s.io/v1',
      'ValidatingWebhookConfiguration',
      fc.record({
        webhooks: fc.array(
          fc.record({
            name: fc.constantFrom('x', 'y'),
            clientConfig: fc.record({ service: fc.record({ name, namespace: fc.constantFrom('default', 'n1') }) }),
          }),
          { maxLength: 2 },
        ),
      }),
    ),
  },
  { weight: 4, arbitrary: kind('helm.toolkit.fluxcd.io/v2', 'HelmRelease', spec(anyMap)) },
  {
    weight: 1,
    arbitrary: kind(
      'example.com/v1',
      'Widget',
      spec(fc.record({ template: fc.record({ apiVersion: fc.constant('v1'), kind: fc.constant('Pod'), spec: podSpec }) })),
    ),
  },
  { weight: 1, arbitrary: kind('cert-manager.io/v1', 'ClusterIssuer', spec(anyMap)) },
);

/** Without what is undefined, since JSON has no such thing. */
export function stripped(map: Readonly<Record<string, unknown>>): Body {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}
