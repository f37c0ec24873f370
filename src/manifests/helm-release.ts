import type { HelmReleaseSpec } from '../../imports/helm.toolkit.fluxcd.io';
import { type AnyComponent, type DeepPartial, type Duration, Manifest, type Patch, type Plain } from '../flux';
import type { HelmRepository } from './helm-repository';

/** A semver constraint that begins with a number, `1.19.x`, `v1.19.x`, or an exact version: never any version. */
export type ChartVersion = `${'v' | ''}${number}.${string}`;

/** What Flux does with the chart's `crds/` folder: keep the cluster's up to date, or leave CRDs alone (they are templates). */
export type CrdsPolicy = 'CreateReplace' | 'Skip';

type Spec = Plain<HelmReleaseSpec>;

export interface HelmReleaseProps<Values extends object> {
  /** Name of the object and of the Helm release. @default the component's name */
  readonly name?: string;
  /** Where the release is installed. @default the component's namespace */
  readonly namespace?: string;
  readonly chart: { readonly repository: HelmRepository; readonly name: string; readonly version: ChartVersion };
  /** For install and upgrade alike. */
  readonly crds: CrdsPolicy;
  /** Releases that must be Ready first, in this component or in one it depends on. @default none */
  readonly dependsOn?: readonly { readonly name: string; readonly namespace?: string }[];
  /** How long Helm waits for the release's objects. @default '10m', the specification's */
  readonly timeout?: Duration;
  /**
   * What follows a failed install or upgrade. @default three retries, as in the specification; between two installs Flux
   * uninstalls. `retry` never uninstalls, for a release that would take CRDs, the CNI or a store with it: say why.
   */
  readonly onFailure?: { readonly retry: true; readonly because: string };
  /** Values read from objects in the cluster, merged before `values`. @default none */
  readonly valuesFrom?: Spec['valuesFrom'];
  /** Patches of what the chart renders, for what it has no value for. @default none */
  readonly postRenderers?: Spec['postRenderers'];
  /** Only what differs from the chart's defaults. */
  readonly values: Values;
}

/** What one cluster may change of a release. Remediation is not among it: it is the same everywhere. */
export interface ReleaseChange<Values extends object> {
  readonly values?: DeepPartial<Values>;
  readonly suspend?: boolean;
  readonly timeout?: Duration;
}

export interface HelmReleaseObject<Values extends object> {
  readonly apiVersion: 'helm.toolkit.fluxcd.io/v2';
  readonly kind: 'HelmRelease';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Omit<Spec, 'values' | 'install' | 'upgrade' | 'uninstall' | 'rollback'> & { readonly values: Values };
}

/**
 * helm.toolkit.fluxcd.io/v2 HelmRelease. It can be written only with a version, with the specification's remediation and
 * without what the specification bans: `force`, `cleanupOnFail`, uninstall strategies, `remediateLastFailure` on install.
 *
 * @typeParam Values the chart's values, as generated from it: a misspelt one does not compile
 */
export class HelmRelease<Values extends object> extends Manifest<HelmReleaseObject<Values>> {
  constructor(scope: AnyComponent, id: string, props: HelmReleaseProps<Values>) {
    const { chart, crds } = props;
    const failure: Pick<NonNullable<Spec['install'] & Spec['upgrade']>, 'strategy' | 'remediation'> = props.onFailure
      ? { strategy: { name: 'RetryOnFailure', retryInterval: '2m' } }
      : { remediation: { retries: 3 } };
    const spec: Omit<Spec, 'values'> = {
      interval: '1h',
      ...(props.dependsOn && {
        dependsOn: props.dependsOn.map(({ name, namespace }) => ({ name, ...(namespace !== undefined && { namespace }) })),
      }),
      chart: {
        spec: {
          chart: chart.name,
          version: chart.version,
          sourceRef: { kind: 'HelmRepository', name: chart.repository.name, namespace: 'flux-system' },
        },
      },
      timeout: props.timeout ?? '10m',
      install: { crds, ...failure },
      upgrade: { crds, ...failure },
      ...(props.valuesFrom && { valuesFrom: props.valuesFrom }),
      ...(props.postRenderers && { postRenderers: props.postRenderers }),
    };
    super(
      scope,
      id,
      { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', scope: 'Namespaced' },
      {
        metadata: { name: props.name ?? scope.name, ...(props.namespace !== undefined && { namespace: props.namespace }) },
        spec: { ...spec, values: props.values },
      },
    );
  }

  /** Merges a change into the release in one cluster; a list in the values is replaced whole. */
  patch(change: ReleaseChange<Values>): Patch {
    return this.merge({ spec: change });
  }
}
