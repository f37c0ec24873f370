import { Cluster, ClusterSecrets, Component, type Deployed, FluxRepo, type Patch } from '../../src/flux';
import { CiliumNetworkPolicy, ConfigMap, Namespace, toDns, toKubeApi } from '../../src/manifests';
import type { ClusterVariables } from '../../src/variables';

/** A repository of one small component and its Secret, for tests that plant a mistake in it. */
export interface Sketch {
  readonly repo: FluxRepo;
  readonly ferry: Ferry;
  readonly network: Network;
  readonly secrets: ClusterSecrets;
}

/** Brings the CRD of Cilium's policies. */
export class Network extends Component<'network'> {
  constructor(repo: FluxRepo) {
    super(repo, 'network', { namespace: 'kube-system', provides: { groups: ['cilium.io'], storageClasses: ['fast'] } });
    new ConfigMap(this, 'config-map', { metadata: { name: 'network' }, data: { mode: 'tunnel' } });
  }
}

export class Ferry extends Component<'ferry', 'network' | 'cluster-secrets'> {
  readonly database = this.secret('ferry-database', { password: 'generated' });
  readonly settings: ConfigMap;

  constructor(repo: FluxRepo) {
    super(repo, 'ferry');
    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    this.settings = new ConfigMap(this, 'settings', { data: { host: 'ferry.${DOMAIN}', level: 'info' } });
    new CiliumNetworkPolicy(this, 'allow-k8s-api', { egress: [toKubeApi(), toDns()] });
  }
}

/** The three, not yet deployed anywhere. */
export function sketch(): Sketch {
  const repo = new FluxRepo({ url: 'ssh://git@example.org/infra.git', branch: 'main' });
  return { repo, network: new Network(repo), ferry: new Ferry(repo), secrets: new ClusterSecrets(repo) };
}

/** Variables of a cluster of the sketch: it uses one. */
export function variables(values: Readonly<Record<string, unknown>> = { DOMAIN: 'example.org' }): ClusterVariables {
  return values as unknown as ClusterVariables;
}

/** Deploys the three to a cluster, in order. */
export function office({ repo, network, ferry, secrets }: Sketch, name = 'office', patches: readonly Patch[] = []): Cluster {
  const cluster = new Cluster(repo, name, { variables: variables() });
  const deployedSecrets: Deployed<'cluster-secrets'> = cluster.deploy(secrets);
  const deployedNetwork = cluster.deploy(network);
  cluster.deploy(ferry, { dependsOn: [deployedSecrets, deployedNetwork], patches });
  return cluster;
}
