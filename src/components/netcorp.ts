import { Component, Directory, type FluxRepo, type SecretRef } from '../flux';
import {
  CiliumNetworkPolicy,
  ConfigMap,
  Deployment,
  fromMonitoring,
  fromNamespace,
  fromOwnNamespace,
  HorizontalPodAutoscaler,
  HTTPRoute,
  Namespace,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
  toComponent,
  toDns,
  toOwnNamespace,
} from '../manifests';
import { variable } from '../variables';
import type { EnvoyGatewayConfig } from './envoy-gateway-config';
import type { Linkerd } from './linkerd';
import type { Mongodb } from './mongodb';
import type { Postgre } from './postgre';
import type { Rabbitmq } from './rabbitmq';
import type { Redis } from './redis';
import type { StrapiPostgres } from './strapi-postgres';

export interface NetcorpProps {
  /** Data of api and worker. */
  readonly postgre: Postgre;
  /** Their sessions and cache. */
  readonly redis: Redis;
  /** Jobs, from api to worker. */
  readonly rabbitmq: Rabbitmq;
  /** Their documents. */
  readonly mongodb: Mongodb;
  /** Content of the CMS. */
  readonly strapiPostgres: StrapiPostgres;
  /** Every pod carries its proxy. */
  readonly linkerd: Linkerd;
  /** Brings the Gateway of the public routes. */
  readonly envoyGatewayConfig: EnvoyGatewayConfig;
}

/** netcorp's applications: API, web front end, worker and the Strapi CMS, meshed by Linkerd. */
export class Netcorp extends Component<
  'netcorp-app',
  | 'postgre'
  | 'redis'
  | 'rabbitmq'
  | 'mongodb'
  | 'strapi-postgres'
  | 'linkerd'
  | 'envoy-gateway-config'
  | 'cluster-secrets'
  | 'gateway-api-crds'
  | 'cilium'
  | 'nfs-provisioner'
> {
  readonly api: Deployment;
  readonly apiAutoscaler: HorizontalPodAutoscaler;
  readonly web: Deployment;
  readonly webAutoscaler: HorizontalPodAutoscaler;
  readonly worker: Deployment;
  readonly workerAutoscaler: HorizontalPodAutoscaler;
  readonly strapi: Deployment;
  /** Egress to postgre, redis, rabbitmq and mongodb, in this order. */
  readonly storesPolicy: CiliumNetworkPolicy;

  constructor(repo: FluxRepo, { postgre, redis, rabbitmq, mongodb, strapiPostgres, linkerd, envoyGatewayConfig }: NetcorpProps) {
    super(repo, 'netcorp-app', {
      directory: 'namespaces/netcorp',
      namespace: 'netcorp',
      because: { linkerd: 'its pods must be born meshed' },
    });
    const registry = this.secret('netcorp-registry', { '.dockerconfigjson': 'supplied' }, { type: 'kubernetes.io/dockerconfigjson' });
    const stores = this.secret('netcorp-stores', {
      // by way of the pooler
      DATABASE_URL: `derived from postgre-app: postgres://netcorp:PASSWORD@postgre-pooler-rw.${postgre.namespace}:5432/netcorp?sslmode=require`,
      // past it: migrations need a session
      DATABASE_MIGRATION_URL: `derived from postgre-app: postgres://netcorp:PASSWORD@postgre-rw.${postgre.namespace}:5432/netcorp?sslmode=require`,
      REDIS_URL: `derived from redis-auth: redis://:PASSWORD@redis-master.${redis.namespace}:6379; with Sentinel its own form, port 26379`,
      RABBITMQ_URL: `derived from rabbitmq-netcorp-user: amqp://netcorp:PASSWORD@rabbitmq.${rabbitmq.namespace}:5672/netcorp`,
      MONGODB_URL: `derived from mongodb-netcorp-password: mongodb://netcorp:PASSWORD@mongodb-svc.${mongodb.namespace}:27017/netcorp?replicaSet=mongodb&authSource=admin`,
    });
    const app = this.secret('netcorp-app', {
      JWT_SECRET: 'generated',
      SESSION_SECRET: 'generated',
      STRAPI_API_TOKEN: 'generated: a placeholder, until Strapi hands out the real one after its first start',
    });
    const cms = this.secret('strapi', {
      APP_KEYS: 'generated: four, separated by commas',
      API_TOKEN_SALT: 'generated',
      ADMIN_JWT_SECRET: 'generated',
      TRANSFER_TOKEN_SALT: 'generated',
      JWT_SECRET: 'generated',
      ENCRYPTION_KEY: 'generated',
      DATABASE_USERNAME: 'derived from strapi-postgres-app',
      DATABASE_PASSWORD: 'derived from strapi-postgres-app',
    });

    new Namespace(this, 'namespace', {
      podSecurity: 'restricted', // meshed pods fit: linkerd-cni takes the place of the privileged init container
      meshed: true,
      labels: { 'gateway-access': 'true', 'netcorp.io/tier': 'app' }, // the Gateway admits routes from here; Kyverno closes it
      annotations: {
        'linkerd.io/inject': 'enabled',
        'config.linkerd.io/default-inbound-policy': 'audit', // Gateway and Prometheus are not meshed: a stricter one shuts them out
      },
    });
    const config = new ConfigMap(this, 'config-map', {
      metadata: { name: 'netcorp-config', labels: { 'app.kubernetes.io/part-of': 'netcorp' } },
      data: {
        LOG_LEVEL: 'info',
        PUBLIC_API_URL: `https://api.${variable('DOMAIN')}`,
        PUBLIC_WEB_URL: `https://www.${variable('DOMAIN')}`,
        API_INTERNAL_URL: 'http://netcorp-api.netcorp.svc.cluster.local:8080',
        STRAPI_INTERNAL_URL: 'http://strapi.netcorp.svc.cluster.local:1337',
      },
    });
    const uploads = new PersistentVolumeClaim(this, 'persistent-volume-claim-strapi-uploads', {
      metadata: { name: 'strapi-uploads', labels: labels('strapi', 'cms') },
      spec: { accessModes: ['ReadWriteMany'], storageClassName: 'nfs-client', resources: { requests: { storage: '5Gi' } } },
    });

    this.api = workload(this, 'netcorp-api', {
      component: 'api',
      image: `${variable('NETCORP_IMAGE_REGISTRY')}/api:${variable('NETCORP_API_TAG')}`,
      registry,
      ports: [http(8080), METRICS],
      probes: probes('http', { ready: '/readyz', live: '/healthz' }),
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      envFrom: [{ configMapRef: { name: config.name } }, { secretRef: { name: stores.name } }, { secretRef: { name: app.name } }],
    });
    this.apiAutoscaler = autoscaler(this, 'netcorp-api', { component: 'api', minReplicas: 2, maxReplicas: 6, cpu: 70 });

    this.web = workload(this, 'netcorp-web', {
      component: 'web',
      image: `${variable('NETCORP_IMAGE_REGISTRY')}/web:${variable('NETCORP_WEB_TAG')}`,
      registry,
      ports: [http(3000)],
      probes: probes('http', { ready: '/readyz', live: '/healthz' }),
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      envFrom: [{ configMapRef: { name: config.name } }, { secretRef: { name: app.name } }],
    });
    this.webAutoscaler = autoscaler(this, 'netcorp-web', { component: 'web', minReplicas: 2, maxReplicas: 4, cpu: 70 });

    this.worker = workload(this, 'netcorp-worker', {
      component: 'worker',
      image: `${variable('NETCORP_IMAGE_REGISTRY')}/worker:${variable('NETCORP_WORKER_TAG')}`,
      registry,
      ports: [METRICS],
      probes: probes('http-metrics', { ready: '/readyz', live: '/healthz' }),
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      envFrom: [{ configMapRef: { name: config.name } }, { secretRef: { name: stores.name } }],
    });
    this.workerAutoscaler = autoscaler(this, 'netcorp-worker', { component: 'worker', minReplicas: 1, maxReplicas: 4, cpu: 75 });

    this.strapi = workload(this, 'strapi', {
      component: 'cms',
      image: `${variable('NETCORP_IMAGE_REGISTRY')}/strapi:${variable('NETCORP_STRAPI_TAG')}`,
      registry,
      ports: [http(1337)],
      probes: probes('http', { ready: '/_health', live: '/_health', startsWithin: 300 }), // it migrates its schema at every start
      resources: { requests: { cpu: '100m', memory: '384Mi' }, limits: { memory: '768Mi' } },
      envFrom: [{ configMapRef: { name: config.name } }, { secretRef: { name: cms.name } }],
      deployment: { replicas: 1, strategy: { type: 'Recreate' } }, // two at once would both migrate
      env: [
        { name: 'NODE_ENV', value: 'production' },
        { name: 'HOST', value: '0.0.0.0' },
        { name: 'PORT', value: '1337' },
        { name: 'PUBLIC_URL', value: `https://cms.${variable('DOMAIN')}` },
        { name: 'DATABASE_CLIENT', value: 'postgres' },
        { name: 'DATABASE_HOST', value: `strapi-postgres-rw.${strapiPostgres.namespace}.svc.cluster.local` },
        { name: 'DATABASE_PORT', value: '5432' },
        { name: 'DATABASE_NAME', value: 'strapi' },
        { name: 'DATABASE_SSL', value: 'true' },
        { name: 'DATABASE_SSL_REJECT_UNAUTHORIZED', value: 'false' }, // CloudNativePG signs with a CA of its own
      ],
      volumes: [{ name: 'uploads', persistentVolumeClaim: { claimName: uploads.name } }],
      volumeMounts: [{ name: 'uploads', mountPath: '/opt/app/public/uploads' }],
    });

    route(this, 'netcorp-api', { component: 'api', gateway: envoyGatewayConfig, hostname: `api.${variable('DOMAIN')}`, port: 8080 });
    route(this, 'netcorp-web', { component: 'web', gateway: envoyGatewayConfig, hostname: `www.${variable('DOMAIN')}`, port: 3000 });
    route(this, 'strapi', { component: 'cms', gateway: envoyGatewayConfig, hostname: `cms.${variable('DOMAIN')}`, port: 1337 });

    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'netcorp-baseline', {
      egress: [toDns(), toOwnNamespace(), toComponent(linkerd, 8080, 8086, 8090)], // identity, destination, policy
      ingress: [fromOwnNamespace()], // on all ports: opaque ones travel by 4143 between proxies
    });
    new CiliumNetworkPolicy(policies, 'gateway-ingress', {
      endpoints: named('netcorp-api', 'netcorp-web', 'strapi'),
      ingress: [fromNamespace(envoyGatewayConfig.namespace, [8080, 3000, 1337], { 'app.kubernetes.io/component': 'proxy' })],
    });
    new CiliumNetworkPolicy(policies, 'metrics-ingress', { ingress: [fromMonitoring(9090, 4191)] }); // applications, proxies
    this.storesPolicy = new CiliumNetworkPolicy(policies, 'stores-egress', {
      endpoints: named('netcorp-api', 'netcorp-worker'),
      egress: [toComponent(postgre, 5432), toComponent(redis, 6379), toComponent(rabbitmq, 5672), toComponent(mongodb, 27017)],
    });
    new CiliumNetworkPolicy(policies, 'strapi-egress', {
      endpoints: named('strapi'),
      egress: [toComponent(strapiPostgres, 5432)],
    });
  }
}

type Body<Block extends abstract new (...args: never) => unknown> = ConstructorParameters<Block>[2];
type DeploymentSpec = NonNullable<Body<typeof Deployment>['spec']>;
type PodSpec = NonNullable<DeploymentSpec['template']['spec']>;
type Container = PodSpec['containers'][number];
type Port = NonNullable<Container['ports']>[number];
type Probes = Required<Pick<Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>>;

/** What one workload has of its own; the rest is the same for all. */
interface WorkloadProps extends Pick<Container, 'env' | 'envFrom' | 'volumeMounts'>, Pick<PodSpec, 'volumes'> {
  readonly component: string;
  readonly image: string;
  readonly registry: SecretRef;
  /** By name; its Service has the same ports under the same names, on which netcorp-monitoring relies. */
  readonly ports: readonly Port[];
  readonly probes: Probes;
  readonly resources: NonNullable<Container['resources']>;
  /** @default no replicas stated, since a HorizontalPodAutoscaler sets them */
  readonly deployment?: Pick<DeploymentSpec, 'replicas' | 'strategy'>;
}

/** ServiceAccount, Deployment, Service and PodDisruptionBudget of one application. */
function workload(scope: Netcorp, name: string, props: WorkloadProps): Deployment {
  const metadata = { name, labels: labels(name, props.component) };
  const selector = { 'app.kubernetes.io/name': name };

  const serviceAccount = new ServiceAccount(scope, `service-account-${name}`, {
    metadata,
    automountServiceAccountToken: false, // no application calls the API server; the proxy has a token of its own
  });
  const deployment = new Deployment(scope, `deployment-${name}`, {
    metadata: { ...metadata, annotations: { 'reloader.stakater.com/auto': 'true' } },
    spec: {
      ...props.deployment,
      revisionHistoryLimit: 3,
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: metadata.labels,
          annotations: {
            'linkerd.io/inject': 'enabled',
            // The stores are not meshed, and Linkerd would guess at the protocol of 5672 and 27017.
            'config.linkerd.io/skip-outbound-ports': '5432,6379,26379,5672,27017',
            'config.linkerd.io/proxy-cpu-request': '10m', // an autoscaler by CPU fails if one container requests none
            'config.linkerd.io/proxy-memory-request': '32Mi',
            'config.linkerd.io/proxy-memory-limit': '128Mi',
          },
        },
        spec: {
          serviceAccountName: serviceAccount.name,
          automountServiceAccountToken: false,
          imagePullSecrets: [{ name: props.registry.name }],
          securityContext: { runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: selector },
              matchLabelKeys: ['pod-template-hash'], // a rollout spreads its own pods, whatever the old ones occupy
              nodeTaintsPolicy: 'Honor', // control-plane nodes, where no pod may go, would count as empty
            },
          ],
          containers: [
            {
              name,
              image: props.image,
              ports: props.ports,
              ...(props.env && { env: props.env }),
              envFrom: props.envFrom,
              resources: props.resources,
              ...props.probes,
              // The injector copies the capabilities of the first container: without `drop` the proxy breaks `restricted`.
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...(props.volumeMounts ?? [])],
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: {} }, ...(props.volumes ?? [])],
        },
      },
    },
  });
  new Service(scope, `service-${name}`, {
    metadata,
    spec: {
      selector,
      ports: props.ports.map((port) => ({ name: port.name, port: port.containerPort, targetPort: port.name, protocol: 'TCP' })),
    },
  });
  new PodDisruptionBudget(scope, `pod-disruption-budget-${name}`, {
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: selector } }, // minAvailable 1 over one replica would block every drain
  });
  return deployment;
}

interface AutoscalerProps {
  readonly component: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Mean use of the requested CPU that it aims at, percent. */
  readonly cpu: number;
}

/** Without a metrics-server in the cluster it holds minReplicas. */
function autoscaler(scope: Netcorp, name: string, { component, minReplicas, maxReplicas, cpu }: AutoscalerProps): HorizontalPodAutoscaler {
  return new HorizontalPodAutoscaler(scope, `horizontal-pod-autoscaler-${name}`, {
    metadata: { name, labels: labels(name, component) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas,
      maxReplicas,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpu } } }],
    },
  });
}

interface RouteProps {
  readonly component: string;
  readonly gateway: EnvoyGatewayConfig;
  /** Below the domain of the Gateway's listener. */
  readonly hostname: string;
  readonly port: number;
}

/** The public route to one application. */
function route(scope: Netcorp, name: string, { component, gateway: { gateway }, hostname, port }: RouteProps): void {
  new HTTPRoute(scope, `http-route-${name}`, {
    metadata: { name, labels: labels(name, component) },
    spec: {
      parentRefs: [{ name: gateway.name, namespace: gateway.namespace, sectionName: 'https' }],
      hostnames: [hostname],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ name, port }],
          timeouts: { request: '30s' },
        },
      ],
    },
  });
}

const METRICS: Port = { name: 'http-metrics', containerPort: 9090 };

function http(containerPort: number): Port {
  return { name: 'http', containerPort };
}

interface ProbesProps {
  readonly ready: string;
  readonly live: string;
  /** Seconds. @default 60 */
  readonly startsWithin?: number;
}

/** Asks for `ready` until the container has started, then for both. */
function probes(port: string, { ready, live, startsWithin = 60 }: ProbesProps): Probes {
  return {
    startupProbe: { httpGet: { path: ready, port }, periodSeconds: 10, failureThreshold: startsWithin / 10 },
    readinessProbe: { httpGet: { path: ready, port }, periodSeconds: 10, timeoutSeconds: 3 },
    livenessProbe: { httpGet: { path: live, port }, periodSeconds: 10, timeoutSeconds: 3 },
  };
}

function labels(name: string, component: string) {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'netcorp', 'app.kubernetes.io/component': component };
}

/** Pods of the applications of these names. */
function named(...names: readonly string[]) {
  return { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In' as const, values: names }] };
}
