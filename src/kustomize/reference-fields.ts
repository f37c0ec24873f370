import type { KindSelector } from './identity';

/** A field that holds the name of an object of some kind. */
export interface ReferenceField {
  /** What it names. */
  readonly target: KindSelector;
  /** What has the field. */
  readonly referrer: KindSelector;
  readonly path: string;
}

const TEMPLATE = 'spec/template/spec';

/** Where a pod's spec is in the kinds that have one. */
const PODS: Readonly<Record<string, string>> = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: TEMPLATE,
  ReplicaSet: TEMPLATE,
  DaemonSet: TEMPLATE,
  StatefulSet: TEMPLATE,
  Job: TEMPLATE,
  CronJob: 'spec/jobTemplate/spec/template/spec',
  ReplicationController: TEMPLATE,
};

const WITHOUT_REPLICATION_CONTROLLER = Object.keys(PODS).filter((kind) => kind !== 'ReplicationController');
const WITHOUT_BARE_TEMPLATES = Object.keys(PODS).filter((kind) => kind !== 'PodTemplate' && kind !== 'ReplicaSet');

const inPods = (target: KindSelector, kinds: readonly string[], paths: readonly string[]): readonly ReferenceField[] =>
  kinds.flatMap((kind) => paths.map((path) => ({ target, referrer: { kind }, path: `${PODS[kind]}/${path}` })));

const inAll = (
  target: KindSelector,
  fields: readonly (readonly [path: string, ...kinds: readonly string[]])[],
  group?: string,
): readonly ReferenceField[] =>
  fields.flatMap(([path, ...kinds]) => kinds.map((kind) => ({ target, referrer: { kind, ...(group && { group }) }, path })));

const inContainers = (path: string): readonly string[] => [`containers/${path}`, `initContainers/${path}`];

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

const configMap: KindSelector = { version: 'v1', kind: 'ConfigMap' };
const secret: KindSelector = { version: 'v1', kind: 'Secret' };
const service: KindSelector = { version: 'v1', kind: 'Service' };
const serviceAccount: KindSelector = { version: 'v1', kind: 'ServiceAccount' };
const volume: KindSelector = { version: 'v1', kind: 'PersistentVolume' };
const storageClass: KindSelector = { group: 'storage.k8s.io', version: 'v1', kind: 'StorageClass' };

/** The references that kustomize 5.8 follows, in the order in which it does. None of them is in a CRD's kind. */
export const REFERENCE_FIELDS: readonly ReferenceField[] = [
  ...inAll(storageClass, [
    ['spec/storageClassName', 'PersistentVolume', 'PersistentVolumeClaim'],
    ['spec/volumeClaimTemplates/spec/storageClassName', 'StatefulSet'],
  ]),
  ...inAll(serviceAccount, [['subjects', 'RoleBinding', 'ClusterRoleBinding']], RBAC),
  ...inPods(serviceAccount, WITHOUT_BARE_TEMPLATES, ['serviceAccountName']),
  ...inAll({ group: RBAC, kind: 'Role' }, [['roleRef/name', 'RoleBinding']], RBAC),
  ...inAll({ group: RBAC, kind: 'ClusterRole' }, [['roleRef/name', 'RoleBinding', 'ClusterRoleBinding']], RBAC),
  ...inPods(configMap, WITHOUT_REPLICATION_CONTROLLER, [
    'volumes/configMap/name',
    ...inContainers('env/valueFrom/configMapKeyRef/name'),
    ...inContainers('envFrom/configMapRef/name'),
    'volumes/projected/sources/configMap/name',
  ]),
  ...inAll(configMap, [
    ['spec/configSource/configMap', 'Node'],
    ['rules/resourceNames', 'Role', 'ClusterRole'],
    ['metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', 'Ingress'],
  ]),
  ...inPods(secret, WITHOUT_REPLICATION_CONTROLLER, [
    'volumes/secret/secretName',
    ...inContainers('env/valueFrom/secretKeyRef/name'),
    ...inContainers('envFrom/secretRef/name'),
    'imagePullSecrets/name',
    'volumes/projected/sources/secret/name',
  ]),
  ...inAll(secret, [
    ['spec/tls/secretName', 'Ingress'],
    ['metadata/annotations/ingress.kubernetes.io\\/auth-secret', 'Ingress'],
    ['metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret', 'Ingress'],
    ['metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret', 'Ingress'],
    ['imagePullSecrets/name', 'ServiceAccount'],
    ['parameters/secretName', 'StorageClass'],
    ['parameters/adminSecretName', 'StorageClass'],
    ['parameters/userSecretName', 'StorageClass'],
    ['parameters/secretRef', 'StorageClass'],
    ['rules/resourceNames', 'Role', 'ClusterRole'],
    ['spec/azureFile/secretName', 'PersistentVolume'],
  ]),
  {
    target: secret,
    referrer: { group: 'serving.knative.dev', version: 'v1', kind: 'Service' },
    path: `${TEMPLATE}/containers/env/valueFrom/secretKeyRef/name`,
  },
  ...inAll(service, [['spec/serviceName', 'StatefulSet']], 'apps'),
  ...inAll(service, [
    ['spec/rules/http/paths/backend/serviceName', 'Ingress'],
    ['spec/backend/serviceName', 'Ingress'],
    ['spec/rules/http/paths/backend/service/name', 'Ingress'],
    ['spec/defaultBackend/service/name', 'Ingress'],
  ]),
  ...inAll(service, [['spec/service/name', 'APIService']], 'apiregistration.k8s.io'),
  ...inAll(service, [['webhooks/clientConfig/service', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']], ADMISSION),
  ...inPods({ group: 'scheduling.k8s.io', version: 'v1', kind: 'PriorityClass' }, WITHOUT_BARE_TEMPLATES, ['priorityClassName']),
  ...inAll(volume, [
    ['spec/volumeName', 'PersistentVolumeClaim'],
    ['rules/resourceNames', 'ClusterRole'],
  ]),
  ...inPods({ version: 'v1', kind: 'PersistentVolumeClaim' }, WITHOUT_BARE_TEMPLATES, ['volumes/persistentVolumeClaim/claimName']),
  ...['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].flatMap((kind) =>
    inAll({ kind }, [['spec/scaleTargetRef/name', 'HorizontalPodAutoscaler']]),
  ),
  ...inAll({ group: ADMISSION, kind: 'ValidatingAdmissionPolicy' }, [['spec/policyName', 'ValidatingAdmissionPolicyBinding']], ADMISSION),
];
