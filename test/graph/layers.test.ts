import fc from 'fast-check';
import { Refused } from '../../src/flux';
import { depths, type Graph } from '../../src/graph';

const graph = (edges: Readonly<Record<string, readonly string[]>>): Graph => new Map(Object.entries(edges));

test('who waits for nobody has depth 0, the others one more than the deepest they wait for', () => {
  const of = depths(graph({ a: [], b: ['a'], c: ['a', 'b'], d: [] }));
  expect(Object.fromEntries(of)).toEqual({ a: 0, b: 1, c: 2, d: 0 });
});

test('names the shortest cycle, and only those in it', () => {
  expect(() => depths(graph({ x: ['a'], a: ['b'], b: ['c', 'a'], c: ['a'] }))).toThrow(
    expect.objectContaining({ message: expect.stringContaining('a -> b -> a wait for each other') }),
  );
});

test('refuses an edge to nobody and an edge to itself, both at once', () => {
  expect(() => depths(graph({ a: ['a'], b: ['nobody'] }))).toThrow(
    new Refused([
      {
        rule: 'self-dependency',
        file: 'infrastructure.yaml',
        what: 'a waits for itself',
        where: 'a, dependsOn a',
        why: 'it never starts, and Flux logs no error',
        fix: 'remove the edge',
      },
      {
        rule: 'unknown-dependency',
        file: 'infrastructure.yaml',
        what: 'b waits for nobody, which is not deployed',
        where: 'b, dependsOn nobody',
        why: 'Flux waits for ever for a Flux Kustomization that does not exist',
        fix: 'deploy nobody, or remove the edge',
      },
    ]),
  );
});

test('every edge leads to a smaller depth, whatever the graph', () => {
  const layered = fc.array(fc.array(fc.nat(), { maxLength: 6 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(layered, (rows) => {
      const edges = new Map(rows.map((row, index) => [`n${index}`, index === 0 ? [] : [...new Set(row.map((to) => `n${to % index}`))]]));
      const of = depths(edges);
      for (const [name, to] of edges) {
        const expected = Math.max(-1, ...to.map((other) => of.get(other) ?? Number.NaN)) + 1;
        expect(of.get(name)).toBe(expected);
      }
    }),
  );
});

test('twice the layers of edges cost twice the looks, however many paths there are', () => {
  const cost = (layers: number): number => {
    let looks = 0;
    const edges = new Map<string, readonly string[]>();
    for (let layer = 0; layer < layers; layer += 1) {
      for (let at = 0; at < 4; at += 1) {
        const below = layer === 0 ? [] : [0, 1, 2, 3].map((to) => `${layer - 1}/${to}`);
        edges.set(
          `${layer}/${at}`,
          new Proxy(below, {
            get: (list, key) => {
              looks += 1;
              return Reflect.get(list, key);
            },
          }),
        );
      }
    }
    depths(edges);
    return looks;
  };
  // 20 and 10 layers of edges; the number of paths grows from 4^10 to 4^20
  expect(cost(21)).toBeLessThanOrEqual(2 * cost(11));
});
