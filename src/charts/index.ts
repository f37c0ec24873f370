import type { KubernetesObject } from '../flux';
import { admits } from '../flux/chart-version';
import type { Brings, ChartFacts, Release } from './brings';
import { certManager } from './cert-manager';
import { cilium } from './cilium';
import { cloudnativePg } from './cloudnative-pg';
import { gatekeeper } from './gatekeeper';
import { gatewayHelm } from './gateway-helm';
import { KNOWN_CHARTS } from './known-charts';
import { kubePrometheusStack } from './kube-prometheus-stack';
import { kyverno } from './kyverno';
import { linkerdControlPlane } from './linkerd-control-plane';
import { linkerdCrds } from './linkerd-crds';
import { linkerdViz } from './linkerd-viz';
import { linkerd2Cni } from './linkerd2-cni';
import { longhorn } from './longhorn';
import { mongodbKubernetes } from './mongodb-kubernetes';
import { nfsSubdirExternalProvisioner } from './nfs-subdir-external-provisioner';
import { rabbitmqClusterOperator } from './rabbitmq-cluster-operator';
import { redis } from './redis';
import { reloader } from './reloader';
import { trivyOperator } from './trivy-operator';
import { velero } from './velero';

export type { ApiService, Brings, ChartFacts, Crds, Labels, Metrics, Monitor, Owned, Release, Used } from './brings';
export { policyWebhooks } from './kyverno-policies';
export { pluralOf, scopeOf } from './plural';
export { scalarText, scalarTexts } from './scalar';
export {
  NAMESPACE_NAME,
  type Selector,
  type SelectorExpression,
  selectorFrom,
  selects,
  type Webhook,
  type WebhookRule,
  WRITES,
} from './webhook';

/** Every chart whose facts are known, sorted by name. */
export const charts: readonly ChartFacts[] = [
  certManager,
  cilium,
  cloudnativePg,
  gatekeeper,
  gatewayHelm,
  kubePrometheusStack,
  kyverno,
  linkerdControlPlane,
  linkerdCrds,
  linkerdViz,
  linkerd2Cni,
  longhorn,
  mongodbKubernetes,
  nfsSubdirExternalProvisioner,
  rabbitmqClusterOperator,
  redis,
  reloader,
  trivyOperator,
  velero,
];

const BY_NAME: ReadonlyMap<string, ChartFacts> = new Map(charts.map((facts) => [facts.chart, facts]));

/** What is known of one HelmRelease. */
export interface ReleaseFacts {
  readonly facts: ChartFacts;
  /** What it brings with its values, as far as they stand in it. CRDs of the chart's folder are left out where install.crds is Skip. */
  readonly brought: Brings;
  /** Whether the version whose templates were read is one that the release may install. */
  readonly exactVersion: boolean;
  /** Whether values come from elsewhere too: what does not stand in the release may then be otherwise. */
  readonly openValues: boolean;
  readonly release: Release;
}

/**
 * Looks up what a HelmRelease brings.
 *
 * @param source the HelmRepository, OCIRepository or HelmChart that it names; undefined where it is not in the repository
 * @returns undefined for a chart that is not known, or that only bears the name of one
 */
export function factsOf(release: KubernetesObject, source?: KubernetesObject): ReleaseFacts | undefined {
  const named = chartOf(release, source);
  const facts = named && BY_NAME.get(named.chart);
  if (!facts || !isPublished(facts, named)) return undefined;
  const spec = under(release, 'spec');
  const helm = releaseOf(release);
  const brought = facts.brings(under(spec, 'values'), helm);
  const skips = under(under(spec, 'install'), 'crds') === 'Skip';
  return {
    facts,
    brought: skips ? { ...brought, crds: brought.crds.filter(({ from }) => from !== 'crds folder') } : brought,
    exactVersion: named.version !== undefined && admits(named.version, facts.version),
    openValues: listOf(under(spec, 'valuesFrom')).length > 0,
    release: helm,
  };
}

/** What switches the CRDs of every chart on: of a release whose values lie elsewhere nobody knows that they are off. */
const SWITCHED_ON = { crds: { enabled: true, create: true, install: true } } as const;

/**
 * API groups of the CRDs that a HelmRelease may bring, of charts known in full or by name only; empty for others.
 *
 * @param known what `factsOf` says of it
 */
export function groupsOf(release: KubernetesObject, source?: KubernetesObject, known = factsOf(release, source)): readonly string[] {
  if (known) {
    const { facts, brought, openValues, release: helm } = known;
    const groups = [...brought.crds, ...(openValues ? facts.brings(SWITCHED_ON, helm).crds : [])].map(({ group }) => group);
    return [...new Set(groups)];
  }
  const named = chartOf(release, source);
  return (named && KNOWN_CHARTS.get(named.chart)) ?? [];
}

/** A chart as a HelmRelease names it. */
export interface NamedChart {
  readonly chart: string;
  /** Constraint, tag, or undefined: any version. */
  readonly version: string | undefined;
  /** Address of the HelmRepository, or of the folder that holds the chart in an OCI registry; undefined where it is not known. */
  readonly repository: string | undefined;
}

/** Which chart a HelmRelease installs; undefined where its reference leads nowhere. */
export function chartOf(release: KubernetesObject, source?: KubernetesObject): NamedChart | undefined {
  const spec = under(release, 'spec');
  const template = under(under(spec, 'chart'), 'spec');
  const from = under(source, 'spec');
  const url = textOf(under(from, 'url'))?.replace(/\/+$/, '');
  const chart = textOf(under(template, 'chart')) ?? (source?.kind === 'HelmChart' ? textOf(under(from, 'chart')) : undefined);
  if (chart !== undefined) {
    // of a chart in Git only the last step of its path is the name
    const version = textOf(under(template, 'version')) ?? (source?.kind === 'HelmChart' ? textOf(under(from, 'version')) : undefined);
    return { chart: chart.slice(chart.lastIndexOf('/') + 1), version, repository: source?.kind === 'HelmRepository' ? url : undefined };
  }
  if (source?.kind !== 'OCIRepository' || url === undefined) return undefined;
  const ref = under(from, 'ref');
  const end = url.lastIndexOf('/');
  const version = textOf(under(ref, 'semver')) ?? textOf(under(ref, 'tag'));
  return { chart: url.slice(end + 1), version, repository: url.slice(0, end) };
}

/** A chart of a name that several publishers use counts only where its address says that it is the one. */
function isPublished({ repositories, sharesItsName }: ChartFacts, { repository }: NamedChart): boolean {
  if (!sharesItsName) return true;
  return repository !== undefined && repositories.includes(repository);
}

/** Names of the Helm release: `releaseName`, else `<targetNamespace>-<name>`, else the object's own. */
function releaseOf(release: KubernetesObject): Release {
  const spec = under(release, 'spec');
  const name = textOf(under(release.metadata, 'name')) ?? '';
  const target = textOf(under(spec, 'targetNamespace'));
  return {
    name: textOf(under(spec, 'releaseName')) ?? (target === undefined ? name : `${target}-${name}`),
    namespace: target ?? textOf(under(release.metadata, 'namespace')) ?? '',
  };
}

function under(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? Reflect.get(node, key) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
