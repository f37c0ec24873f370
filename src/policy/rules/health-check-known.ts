import type { EffectiveCluster, FluxKustomization } from '../../effective';
import { objectsOf, ofKind } from '../../effective';
import type { Severity } from '../../flux/finding';
import { absence } from '../absence';
import { type HealthCheck, healthChecksOf } from '../health-checks';
import { nearest } from '../nearest';
import { defineRule, groupOf, mapAt, textAt, type Violation } from '../rule';

/** Source: kustomize-controller waits for an object that does not exist until the timeout. */
export const healthCheckKnown = defineRule({
  name: 'health-check-known',
  ids: ['F84'],
  claim: 'every health check names an object that the cluster gets',
  because: 'Flux waits for it until the timeout, each time: the Flux Kustomization never gets ready, nor does what depends on it',
  evidence: 'fluxcd/kustomize-controller#405',
  severity: 'error',
  fix: 'correct kind, name and namespace of the health check, or remove it',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const on of cluster.kustomizations) {
        // With wait nobody looks at them: another rule says so.
        if (on.spec['wait'] === true) continue;
        for (const check of healthChecksOf(on)) yield* unknown(cluster, on, check);
      }
    }
  },
});

function* unknown(
  cluster: EffectiveCluster,
  on: FluxKustomization,
  { at, group, kind, namespace, name }: HealthCheck,
): Iterable<Violation> {
  const same = ofKind(cluster, kind, group).map(({ object }) => mapAt(object, 'metadata'));
  if (same.some((metadata) => metadata['name'] === name && [namespace, undefined].includes(textOf(metadata['namespace'])))) return;
  const wanted = `${kind} ${namespace}/${name}`;
  const here = same.flatMap((metadata) =>
    metadata['namespace'] === namespace && typeof metadata['name'] === 'string' ? [metadata['name']] : [],
  );
  const meant = nearest(name, here);
  const elsewhere = same.find((metadata) => metadata['name'] === name);
  // A name one slip away stands in the repository: a mistake, unless a chart makes the other.
  const severity = meant === undefined ? surely(cluster, group, namespace) : absence(cluster);
  if (severity === undefined) return;
  const other = textOf(elsewhere?.['namespace']);
  const fix =
    meant !== undefined
      ? `write name: ${meant}`
      : other !== undefined
        ? `write namespace: ${other}`
        : `correct the health check, or add ${wanted} to the cluster`;
  yield { on, at, found: `nothing in ${cluster.name} makes ${wanted}`, fix, severity };
}

/** Flux's own kinds come from manifests. Anything else may be made by a chart or by an operator. */
function surely(cluster: EffectiveCluster, group: string, namespace: string): Severity | undefined {
  const isFlux = group.endsWith('.toolkit.fluxcd.io');
  const isBuiltIn = ['', 'apps', 'batch'].includes(group);
  if (!isFlux && !(isBuiltIn && isPlain(cluster, namespace))) return undefined;
  return absence(cluster);
}

/** Whether a namespace holds nothing but what manifests put there: no release, and no custom resource whose operator would add to it. */
function isPlain(cluster: EffectiveCluster, namespace: string): boolean {
  const releasesHere = ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io').some(({ object }) => {
    const target = textAt(object, 'spec', 'targetNamespace') ?? textAt(object, 'metadata', 'namespace');
    return target === namespace;
  });
  if (releasesHere) return false;
  for (const { object } of objectsOf(cluster)) {
    const group = groupOf(object);
    const isForeign = (group.includes('.') && !group.endsWith('.k8s.io')) || object.kind === 'Gateway';
    if (isForeign && textAt(object, 'metadata', 'namespace') === namespace) return false;
  }
  return true;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
