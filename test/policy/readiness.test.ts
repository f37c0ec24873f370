import fc from 'fast-check';
import type { EffectiveCluster, FluxKustomization } from '../../src/effective';
import { readinessOf } from '../../src/policy/readiness';
import { cluster, flux, object } from '../support/documents';
import { repositoryOf } from '../support/rule-tester';

const clusterOf = (text: string): EffectiveCluster => {
  const [only] = repositoryOf(text).clusters;
  if (!only) throw new Error('no cluster');
  return only;
};
const named = (of: EffectiveCluster, name: string): FluxKustomization => {
  const found = of.kustomizations.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const CHILD = object('parent', 'kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system/child', {
  spec: { path: './namespaces/child', wait: true, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
});
const CONFIG = (folder: string) => object(folder, 'v1', 'ConfigMap', 'default/timetable');

test.each([
  [true, true],
  [false, false],
])('what a parent creates is ready with it where it waits (%s)', (wait, expected) => {
  const made = clusterOf(
    cluster(flux('parent', { wait }), CHILD, CONFIG('child'), flux('last', { dependsOn: ['parent'] }), CONFIG('last')),
  );
  expect(readinessOf(made).isReadyBefore(named(made, 'child'), named(made, 'last'))).toBe(expected);
});

test('a parent has applied what comes first, and is not ready, before its child begins', () => {
  const made = clusterOf(cluster(flux('first'), CONFIG('first'), flux('parent', { dependsOn: ['first'] }), CHILD, CONFIG('child')));
  const { isReadyBefore, isAppliedBefore, ancestorsOf } = readinessOf(made);
  const [parent, child, first] = [named(made, 'parent'), named(made, 'child'), named(made, 'first')];
  expect([isAppliedBefore(parent, child), isReadyBefore(parent, child), isReadyBefore(first, child)]).toEqual([true, false, true]);
  expect(ancestorsOf(child).map(({ name }) => name)).toEqual(['flux-system', 'first', 'parent']);
});

/** The same by its definition, one path after another. */
function reaches(of: FluxKustomization, other: FluxKustomization, seen = new Set<FluxKustomization>()): boolean {
  if (seen.has(of)) return false;
  seen.add(of);
  return of.dependsOn.some(({ found }) => found && (found === other || reaches(found, other, seen)));
}

test('among Flux Kustomizations of one parent, ready before means depended upon, at any distance and in cycles', () => {
  const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const documents = Array.from({ length: 8 }, (_, index) => {
        const dependsOn = pairs.flatMap(([from, to]) => (from === index ? [`k${to}`] : []));
        return [flux(`k${index}`, { dependsOn }), CONFIG(`k${index}`)];
      });
      const made = clusterOf(cluster(...documents.flat()));
      const own = made.kustomizations.filter((one) => one !== made.root);
      for (const of of own) for (const other of own) expect(readinessOf(made).isReadyBefore(other, of)).toBe(reaches(of, other));
    }),
    { numRuns: 20 },
  );
});
