import type { HelmRepositorySpec } from '../../imports/source.toolkit.fluxcd.io';
import { type AnyComponent, Manifest, type Plain } from '../flux';

export interface HelmRepositoryProps {
  /** Name of the object; charts of other components refer to it. @default the component's name */
  readonly name?: string;
  /** `https://…` of a classic repository, `oci://…` of a registry, without the chart's name. */
  readonly url: `https://${string}` | `oci://${string}`;
}

export interface HelmRepositoryObject {
  readonly apiVersion: 'source.toolkit.fluxcd.io/v1';
  readonly kind: 'HelmRepository';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Plain<HelmRepositorySpec>;
}

/** source.toolkit.fluxcd.io/v1 HelmRepository, in flux-system, where every release looks for it. */
export class HelmRepository extends Manifest<HelmRepositoryObject> {
  constructor(scope: AnyComponent, id: string, props: HelmRepositoryProps) {
    const spec: HelmRepositoryObject['spec'] = {
      ...(props.url.startsWith('oci://') && { type: 'oci' as const }),
      interval: '1h',
      url: props.url,
    };
    super(
      scope,
      id,
      { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', scope: 'Namespaced' },
      {
        metadata: { name: props.name ?? scope.name, namespace: 'flux-system' },
        spec,
      },
    );
  }
}
