import type { EffectiveObject, FluxKustomization, Repository } from '../effective';
import type { Finding } from '../flux';
import type { BuiltObject } from '../kustomize';
import type { Reported } from './acceptance';
import { type Context, mapAt, nameOf, type Rule, type Violation, at as valueAt } from './rule';
import * as known from './rules';

/** Every rule. */
export const rules: readonly Rule[] = Object.values(known);

export interface CheckOptions {
  /** @default all of them */
  readonly rules?: readonly Rule[];
  /** The file an author changes to change a path of the tree. @default unknown */
  readonly sourceOf?: (path: string) => string | undefined;
  /** Line of a field in a document of a file, from 1. @default unknown */
  readonly lineOf?: (path: string, document: number, at: string) => number | undefined;
}

/** Rules held against everything a repository's clusters would apply; the same thing in several clusters is said once. */
export function check(repository: Repository, context: Context, options: CheckOptions = {}): readonly Reported[] {
  const where = clustersOf(repository);
  return (options.rules ?? rules).flatMap((rule) =>
    distinct([...rule.check(repository, context)], where).map((one) => report(rule, one, options)),
  );
}

/** Which cluster each Flux Kustomization is of, and the files that each cluster reaches. */
interface Clusters {
  readonly clusterOf: ReadonlyMap<FluxKustomization, string>;
  readonly reached: readonly ReadonlySet<string>[];
}

function clustersOf({ clusters }: Repository): Clusters {
  return {
    clusterOf: new Map(clusters.flatMap((cluster) => cluster.kustomizations.map((one) => [one, cluster.name] as const))),
    reached: clusters.map(({ kustomizations }) => new Set(kustomizations.flatMap((one) => [...one.reached]))),
  };
}

/** A violation, and the clusters it is in. */
interface Placed {
  readonly violation: Violation;
  /** All that are the same. */
  readonly all: readonly Violation[];
  /** What it is wrong with: one document may give objects in several namespaces. */
  readonly names: readonly string[];
  readonly clusters: readonly string[];
  /** The file whose patch made the object what it is, where it is not so everywhere. */
  readonly patchedBy: string | undefined;
  /** Whether it is so in every cluster that has the object. */
  readonly everywhere: boolean;
}

/** What is wrong with a file before it is patched is said once, and what a cluster's patch makes of it for that cluster. */
function distinct(violations: readonly Violation[], { clusterOf, reached }: Clusters): readonly Placed[] {
  const groups = new Map<
    string,
    { violation: Violation; all: Violation[]; names: Set<string>; clusters: Set<string>; patchedBy: string | undefined }
  >();
  for (const violation of violations) {
    const { on, at, found } = violation;
    const patchedBy = 'owner' in on ? patchFile(on, at) : undefined;
    const origin = 'origin' in on ? `${on.origin.path} ${on.origin.index} ${on.object.kind}` : on.file;
    const key = JSON.stringify([origin, at, found, patchedBy]);
    const group = groups.get(key) ?? { violation, all: [], names: new Set<string>(), clusters: new Set<string>(), patchedBy };
    group.all.push(violation);
    if ('origin' in on) group.names.add(nameOf(on.object));
    const owner = 'owner' in on ? on.owner : 'spec' in on ? on : undefined;
    if (owner) group.clusters.add(clusterOf.get(owner) ?? '');
    groups.set(key, group);
  }
  const own = new Map(
    [...groups.values()].filter(({ patchedBy }) => patchedBy === undefined).map((group) => [place(group.violation), group]),
  );
  const said = [...groups.values()].filter((group) => {
    const same = group.patchedBy === undefined ? undefined : own.get(place(group.violation));
    for (const cluster of group.clusters) same?.clusters.add(cluster);
    same?.all.push(...group.all);
    return same === undefined;
  });
  return said.map(({ violation, all, names, clusters, patchedBy }) => {
    const { on } = violation;
    const having = 'origin' in on ? reached.filter((paths) => paths.has(on.origin.path)).length : 0;
    return {
      violation,
      all,
      names: [...names],
      clusters: [...clusters],
      patchedBy,
      everywhere: clusters.size === 0 || clusters.size === having,
    };
  });
}

function place({ on, at, found }: Violation): string {
  return JSON.stringify(['origin' in on ? [on.origin.path, on.origin.index] : on.file, at, found]);
}

/**
 * The file of the patch that made a field what it is; undefined where the field was so before. What a patch found had the name from before
 * the renames.
 */
function patchFile({ owner, object, origin, unsubstituted }: EffectiveObject, path: string): string | undefined {
  const isIt = ({ origin: { path: file, index }, object: { kind } }: BuiltObject) =>
    file === origin.path && index === origin.index && kind === object.kind;
  for (const { changed, matched, file } of owner.patches) {
    const found = changed ? matched.find(isIt) : undefined;
    if (!found) continue;
    const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
    const isTheSame =
      steps.length > 0 && JSON.stringify(valueAt(found.object, ...steps)) === JSON.stringify(valueAt(unsubstituted, ...steps));
    return isTheSame ? undefined : file;
  }
  return undefined;
}

function report(
  rule: Rule,
  { violation, all, names, clusters, patchedBy, everywhere }: Placed,
  { sourceOf, lineOf }: CheckOptions,
): Reported {
  const { on, at, found, fix, because, severity } = violation;
  const suffix = everywhere ? '' : `, ${patchedBy === undefined ? 'in' : 'as patched in'} ${clusters.join(' and ')}`;
  const [name, ...others] = names;
  const many = others.length === 0 ? '' : ` and ${others.length} more`;
  const place = name === undefined ? at : [`${name}${many}`, at].filter((part) => part !== '').join(', ');
  const file = (everywhere ? undefined : patchedBy) ?? ('origin' in on ? on.origin.path : on.file);
  const line = 'origin' in on ? (file === on.origin.path ? lineOf?.(file, on.origin.index, at) : undefined) : on.line;
  const owner = 'owner' in on ? on.owner : 'spec' in on ? on : undefined;
  const finding: Finding = {
    rule: rule.name,
    file,
    what: found,
    where: `${place || file}${suffix}`,
    why: because ?? rule.because,
    fix,
    severity: severity ?? rule.severity,
    ...(line !== undefined && { line }),
    ...(owner && { kustomization: clusters.length === 1 ? `${clusters[0]}: ${owner.id}` : owner.id }),
  };
  const paths = [file, 'origin' in on ? on.origin.path : file, ...('spec' in on ? [`${on.path}/kustomization.yaml`] : [])];
  const sources = paths.flatMap((path) => sourceOf?.(path) ?? []);
  return { finding, places: all.map(annotationsOf), sources: [...new Set(sources)] };
}

/** Annotations of the object, then of the Flux Kustomization that applies it. */
function annotationsOf({ on }: Violation): readonly Readonly<Record<string, unknown>>[] {
  const owner = 'owner' in on ? on.owner : undefined;
  return [...('object' in on ? [on.object] : []), ...(owner ? [owner.object] : [])].map(({ metadata }) => mapAt(metadata, 'annotations'));
}
