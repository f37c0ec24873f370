import type { Webhook } from './webhook';

/* What the release of a chart makes in a cluster that no manifest of the repository shows. Read from the charts' templates, each file for
   one chart at one version; what its operator makes once it runs is told apart as `run time`. */

/** What is known of one chart. */
export interface ChartFacts {
  /** As in `Chart.yaml`: `cert-manager`. */
  readonly chart: string;
  /** Where upstream publishes it: `https://charts.jetstack.io`, or the folder of an OCI registry, `oci://quay.io/jetstack/charts`. */
  readonly repositories: readonly string[];
  /** Whether other charts bear its name too, so that only the address tells which is meant. @default false */
  readonly sharesItsName?: boolean;
  /** The version whose templates were read. */
  readonly version: string;
  /** What else in the cluster stands or falls with it. @default nothing in particular */
  readonly role?: 'cni' | 'cni plugin' | 'mesh' | 'admission engine';
  /** How it brings CRDs, whatever its values. `folder`: Helm's `crds/`, so that install.crds and upgrade.crds decide. */
  readonly crds: 'folder' | 'templates' | 'run time' | 'none';
  /** All of what it brings, with the values given. Values are read as they come: a field of another type than the chart's counts as unset. */
  readonly brings: (values: unknown, release: Release) => Brings;
}

/** A release, by the names that templates use. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
}

export interface Brings {
  readonly crds: readonly Crds[];
  readonly webhooks: readonly Webhook[];
  readonly apiServices: readonly ApiService[];
  readonly namespaces: readonly string[];
  readonly storageClasses: readonly string[];
  readonly priorityClasses: readonly string[];
  readonly ingressClasses: readonly string[];
  readonly gatewayClasses: readonly string[];
  readonly metrics: readonly Metrics[];
  /** Objects of fixed names that a repository might define too. Far from all that the chart makes. */
  readonly owns: readonly Owned[];
  /** Claims made by templates, and not by a StatefulSet: an uninstall deletes them, and the data with them. */
  readonly volumes: readonly Owned[];
  /** Monitors and alerts that it renders. */
  readonly monitors: readonly Monitor[];
  /** Kinds of other charts' CRDs that it renders: without them the release fails. */
  readonly uses: readonly Used[];
}

/** CRDs of one API group. */
export interface Crds {
  readonly group: string;
  readonly kinds: readonly string[];
  /**
   * `crds folder`: Helm applies them first, and never deletes them. `templates, kept`: part of the release, but annotated
   * `helm.sh/resource-policy: keep`. `templates`: an uninstall deletes them, and every object of their kinds. `run time`: the operator
   * makes them once it runs.
   */
  readonly from: 'crds folder' | 'templates, kept' | 'templates' | 'run time';
  /** Of `templates`: the value that would keep them, as YAML says it: `crds.keep: true`. @default the chart has none */
  readonly keptBy?: string;
}

/** An aggregated API: while its pods do not answer, discovery is incomplete for everybody. */
export interface ApiService {
  readonly name: string;
  readonly service: string;
  readonly podPort: number;
  readonly pods: Labels;
}

/** Where Prometheus finds its pods. */
export interface Metrics {
  readonly port: number;
  readonly pods: Labels;
}

export interface Owned {
  readonly kind: string;
  readonly name: string;
  /** Undefined for cluster-scoped kinds. */
  readonly namespace?: string;
}

export interface Monitor {
  readonly kind: 'ServiceMonitor' | 'PodMonitor' | 'PrometheusRule' | 'Probe' | 'VMServiceScrape';
  /** The value that switches it, dotted: `metrics.serviceMonitor.enabled`. */
  readonly at: string;
}

export interface Used {
  readonly group: string;
  readonly kind: string;
}

/** Labels that all pods meant bear; empty: every pod of the namespace. */
export type Labels = Readonly<Record<string, string>>;

const NOTHING: Brings = {
  crds: [],
  webhooks: [],
  apiServices: [],
  namespaces: [],
  storageClasses: [],
  priorityClasses: [],
  ingressClasses: [],
  gatewayClasses: [],
  metrics: [],
  owns: [],
  volumes: [],
  monitors: [],
  uses: [],
};

/** The facts of one chart as its author writes them: typed values, and of what it brings only what there is. */
export interface ChartDefinition<Values> extends Omit<ChartFacts, 'brings'> {
  readonly brings: (values: Values, release: Release) => Partial<Brings>;
}

/**
 * @typeParam Values those of the chart, so that a path that does not exist in it does not compile
 */
export function brings<Values extends object>({ brings: some, ...facts }: ChartDefinition<Values>): ChartFacts {
  return {
    ...facts,
    // The one place where what people wrote is taken for what the chart asks for: every reader below asks with `?.` and compares.
    brings: (values, release) => ({ ...NOTHING, ...some((isMap(values) ? values : {}) as Values, release) }),
  };
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
