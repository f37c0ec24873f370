import type { EffectiveObject, FluxKustomization } from '../../effective';
import { durationOf, secondsOf } from '../duration';
import { dependencyOf, idOf } from '../id';
import { counted } from '../phrase';
import { at, defineRule, groupOf, listAt, textAt } from '../rule';

/** Seconds that Helm may take where nothing is said. Source: HelmRelease v2, spec.timeout. */
const HELM_DEFAULT = 300;

/** Source: kustomize-controller, GetTimeout; helm-controller, GetTimeout of install and upgrade. */
export const timeoutBudget = defineRule({
  name: 'timeout-budget',
  ids: ['F11', 'S10'],
  claim: 'a Flux Kustomization waits as long as the releases in it may take',
  because: 'it is marked failed while Helm is still at work, and what depends on it waits for one more retry',
  evidence: 'fluxcd/kustomize-controller#709, fluxcd/kustomize-controller#701',
  severity: 'warning',
  fix: 'raise its timeout to the sum of those of the releases that wait for each other, or lower theirs',

  *check({ clusters }) {
    for (const on of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      const releases = awaited(on);
      if (releases.length === 0) continue;
      const stated = secondsOf(on.spec['timeout']);
      const interval = secondsOf(on.spec['interval']);
      if (stated === undefined && (interval === undefined || on.spec['timeout'] !== undefined)) continue;
      const budget = stated ?? Math.max((interval ?? 0) - 30, 30);
      const timeout =
        stated === undefined ? `no timeout, so ${durationOf(budget)} (its interval less 30s)` : `timeout ${durationOf(budget)}`;
      const once = longest(releases, ({ seconds }) => seconds);
      if (once.seconds > budget) {
        yield {
          on,
          at: 'spec.timeout',
          found: `${timeout}, while ${said(once.path)} may take ${durationOf(once.seconds)}`,
          fix: `timeout: ${durationOf(once.seconds)}, or lower those of the releases`,
        };
        continue;
      }
      const all = longest(releases, ({ seconds, attempts }) => seconds * attempts);
      if (all.seconds <= budget) continue;
      yield {
        on,
        at: 'spec.timeout',
        found: `${timeout}, while ${said(all.path)} may take ${durationOf(all.seconds)} with all attempts`,
        because: 'it is marked failed while Helm still has attempts left; the next check sees what became of them',
        fix: 'leave it where a retry of the check does no harm; else raise the timeout, or lower the number of retries',
        severity: 'info',
      };
    }
  },
});

interface Awaited {
  readonly id: string;
  readonly dependsOn: readonly string[];
  /** What one attempt may take. */
  readonly seconds: number;
  readonly attempts: number;
}

/** The releases among its own objects that its health check waits for. */
function awaited(on: FluxKustomization): readonly Awaited[] {
  const named = new Set(listAt(on.spec, 'healthChecks').flatMap((one) => (textAt(one, 'kind') === 'HelmRelease' ? [idIn(one)] : [])));
  if (on.spec['wait'] !== true && named.size === 0) return [];
  const inside = on.objects.filter(({ object }) => object.kind === 'HelmRelease' && groupOf(object) === 'helm.toolkit.fluxcd.io');
  return inside
    .filter(({ object }) => (on.spec['wait'] === true || named.has(idOf(object))) && at(object, 'spec', 'suspend') !== true)
    .map(measured);
}

function idIn(entry: unknown): string {
  return `${textAt(entry, 'namespace') ?? ''}/${textAt(entry, 'name') ?? ''}`;
}

function measured({ object }: EffectiveObject): Awaited {
  const own = secondsOf(at(object, 'spec', 'timeout')) ?? HELM_DEFAULT;
  const actions = ['install', 'upgrade'].map((action) =>
    at(object, 'spec', action, 'disableWait') === true ? 0 : (secondsOf(at(object, 'spec', action, 'timeout')) ?? own),
  );
  const retries = at(object, 'spec', 'install', 'remediation', 'retries');
  return {
    id: idOf(object),
    dependsOn: listAt(object, 'spec', 'dependsOn').map((entry) => dependencyOf(entry, object)),
    seconds: Math.max(...actions),
    attempts: typeof retries === 'number' && retries > 0 ? retries + 1 : 1,
  };
}

/** The chain of releases, one after the other, that takes longest. Those of a cycle are left out: another rule speaks of them. */
function longest(
  releases: readonly Awaited[],
  cost: (one: Awaited) => number,
): { readonly seconds: number; readonly path: readonly string[] } {
  const byId = new Map(releases.map((one) => [one.id, one]));
  const left = new Map(releases.map((one) => [one.id, new Set(one.dependsOn.filter((id) => byId.has(id))).size]));
  const dependents = new Map<string, Awaited[]>();
  for (const one of releases) {
    for (const id of new Set(one.dependsOn)) {
      const others = dependents.get(id);
      if (others) others.push(one);
      else dependents.set(id, [one]);
    }
  }
  const before = new Map<string, { readonly seconds: number; readonly id: string }>();
  let best = { seconds: 0, last: '' };
  const ready = releases.filter(({ id }) => left.get(id) === 0);
  for (const one of ready) {
    const seconds = cost(one) + (before.get(one.id)?.seconds ?? 0);
    if (seconds > best.seconds) best = { seconds, last: one.id };
    for (const next of dependents.get(one.id) ?? []) {
      if (seconds > (before.get(next.id)?.seconds ?? 0)) before.set(next.id, { seconds, id: one.id });
      const waits = (left.get(next.id) ?? 0) - 1;
      left.set(next.id, waits);
      if (waits === 0) ready.push(next);
    }
  }
  const path: string[] = [];
  for (let id: string | undefined = best.last; id !== undefined && id !== ''; id = before.get(id)?.id) path.unshift(id);
  return { seconds: best.seconds, path };
}

function said(path: readonly string[]): string {
  if (path.length === 1) return `HelmRelease ${path[0]}`;
  return path.length <= 4
    ? `HelmReleases ${path.join(', then ')}`
    : `${counted(path.length, 'HelmRelease')} one after the other, ${path[0]} to ${path.at(-1)},`;
}
