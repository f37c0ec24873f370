import type { Namespace as NamespaceObject } from '../../imports/k8s';
import { type AnyComponent, componentOf, type Documents, Manifest, type Patch } from '../flux';

/** A level of the Pod Security Standards. */
export type PodSecurity = 'restricted' | 'baseline' | 'privileged';

interface CommonProps {
  /** @default the component's namespace */
  readonly name?: string;
  /** Level that violations are recorded at. @default none */
  readonly audit?: PodSecurity;
  /** Level that clients are warned at. @default none */
  readonly warn?: PodSecurity;
  /** Whether Linkerd's injector may see its pods. @default false: a fail-closed injector could then stop the namespace */
  readonly meshed?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A namespace states its level, and a privileged one says why. */
export type NamespaceProps = CommonProps &
  ({ readonly podSecurity: 'restricted' | 'baseline' } | { readonly podSecurity: 'privileged'; readonly because: string });

/** v1 Namespace with its Pod Security labels. Without them its pods may do anything a node can. */
export class Namespace extends Manifest<NamespaceObject> {
  constructor(scope: AnyComponent | Documents, id: string, props: NamespaceProps) {
    const meshed = props.meshed ?? false;
    const labels = {
      'pod-security.kubernetes.io/enforce': props.podSecurity,
      'pod-security.kubernetes.io/enforce-version': 'latest',
      ...(props.audit !== undefined && { 'pod-security.kubernetes.io/audit': props.audit }),
      ...(props.warn !== undefined && { 'pod-security.kubernetes.io/warn': props.warn }),
      ...(!meshed && { 'config.linkerd.io/admission-webhooks': 'disabled' }),
      ...props.labels,
    };
    const annotations = { ...(!meshed && { 'linkerd.io/inject': 'disabled' }), ...props.annotations };
    const name = props.name ?? componentOf(scope).namespace;
    super(
      scope,
      id,
      { apiVersion: 'v1', kind: 'Namespace', scope: 'Cluster' },
      {
        metadata: { name, labels, ...(Object.keys(annotations).length > 0 && { annotations }) },
      },
    );
  }

  /** Merges labels or annotations into it in one cluster. */
  patch(change: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> }): Patch {
    return this.merge({ metadata: change });
  }
}
