import fc from 'fast-check';
import { comesAfter, dependentsOf, type FluxKustomization, inspect, reallyWaits, waitsFor } from '../../src/effective';
import { filesFrom } from '../../src/kustomize';

/** A cluster whose root applies these, each with what it depends on. */
function cluster(dependsOn: Readonly<Record<string, readonly string[]>>, spec = '{}'): (name: string) => FluxKustomization {
  const flux = (name: string, path: string, on: readonly string[], more: string): string =>
    `${JSON.stringify({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name, namespace: 'flux-system' },
      spec: {
        path,
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
        dependsOn: on.map((one) => ({ name: one })),
        ...JSON.parse(more),
      },
    })}\n`;
  const files = new Map([
    ['clusters/home/flux-system/gotk-sync.yaml', flux('flux-system', './clusters/home', [], '{}')],
    [
      'clusters/home/all.yaml',
      Object.entries(dependsOn)
        .map(([name, on]) => flux(name, './empty', on, spec))
        .join('---\n'),
    ],
    ['empty/readme.md', ''],
  ]);
  const [home] = inspect(filesFrom(files)).clusters;
  return (name) => {
    const found = home?.kustomizations.find((one) => one.name === name);
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
}

const names = (group: Iterable<FluxKustomization>): readonly string[] => [...group].map(({ name }) => name);

test('who waits for whom, at whatever distance', () => {
  const of = cluster({ a: [], b: ['a'], c: ['b', 'gone'], d: [] });
  expect(names(waitsFor(of('c')))).toEqual(['a', 'b']);
  expect(names(comesAfter(of('c')))).toEqual(['flux-system', 'a', 'b']);
  expect(names(comesAfter(of('d')))).toEqual(['flux-system']);
  expect(names(dependentsOf(of('a')))).toEqual(['b', 'c']);
  expect([waitsFor(of('c')).size, waitsFor(of('c')).has(of('a')), waitsFor(of('c')).has(of('d'))]).toEqual([2, true, false]);
});

test('a cycle is walked once, and all of it waits for itself', () => {
  const of = cluster({ a: ['b'], b: ['c'], c: ['a'], d: ['a'], e: ['e'] });
  expect(names(waitsFor(of('a')))).toEqual(['a', 'b', 'c']);
  expect(names(waitsFor(of('d')))).toEqual(['a', 'b', 'c']);
  expect(names(waitsFor(of('e')))).toEqual(['e']);
  expect(names(dependentsOf(of('b')))).toEqual(['a', 'b', 'c', 'd']);
});

test('only wait and health checks hold it back', () => {
  const waits = (spec: object): boolean => reallyWaits(cluster({ a: [] }, JSON.stringify(spec))('a'));
  expect([
    waits({}),
    waits({ wait: true }),
    waits({ healthChecks: [{ kind: 'Deployment', name: 'x' }] }),
    waits({ healthChecks: [] }),
  ]).toEqual([...[false, true, true, false]]);
});

test('whatever the graph, waiting is what following each edge finds', () => {
  const all = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
  const graph = fc.tuple(...all.map(() => fc.uniqueArray(fc.constantFrom(...all), { maxLength: 3 })));
  fc.assert(
    fc.property(graph, (edges) => {
      const dependsOn = Object.fromEntries(all.map((name, index) => [name, edges[index] ?? []]));
      const of = cluster(dependsOn);
      for (const name of all) {
        const wanted = new Set<string>();
        const open = [...(dependsOn[name] ?? [])];
        for (let one = open.pop(); one !== undefined; one = open.pop()) {
          if (wanted.has(one)) continue;
          wanted.add(one);
          open.push(...(dependsOn[one] ?? []));
        }
        expect(names(waitsFor(of(name)))).toEqual([...wanted].sort());
      }
    }),
    { numRuns: 60 },
  );
});
