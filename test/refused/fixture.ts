import { Cluster, Component, FluxRepo } from '../../src/flux';
import { Namespace } from '../../src/manifests';
import type { ClusterVariables } from '../../src/variables';

/** What the refused programs are written against: three small components, right in themselves. */
export const repo = new FluxRepo({ url: 'ssh://git@example.org/infra.git', branch: 'main' });

export declare const variables: ClusterVariables;

export class Secrets extends Component<'cluster-secrets'> {}

export class Postgre extends Component<'postgre'> {
  readonly namespaceObject = new Namespace(this, 'namespace', { podSecurity: 'restricted' });
}

export class Ferry extends Component<'ferry', 'cluster-secrets' | 'postgre'> {}

export const secrets = new Secrets(repo, 'cluster-secrets');
export const postgre = new Postgre(repo, 'postgre');
export const ferry = new Ferry(repo, 'ferry');
export const cluster = new Cluster(repo, 'office', { variables });
