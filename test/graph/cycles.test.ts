import fc from 'fast-check';
import { cycles, depths, type Graph, knots, longestChain } from '../../src/graph';

const graph = (edges: Readonly<Record<string, readonly string[]>>): Graph => new Map(Object.entries(edges));

/** Any graph of up to nine nodes, with edges to nobody among them. */
const graphs = fc
  .dictionary(fc.constantFrom(...'abcdefghi'), fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 4 }))
  .map((edges): Graph => new Map(Object.entries(edges)));

function reaches(of: Graph, from: string, to: string): boolean {
  const seen = new Set<string>();
  const left = [...(of.get(from) ?? [])];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node === to) return true;
    if (seen.has(node) || !of.has(node)) continue;
    seen.add(node);
    left.push(...(of.get(node) ?? []));
  }
  return false;
}

test('the shortest of two cycles in one knot is named, and every knot has one', () => {
  const of = graph({ a: ['b'], b: ['c'], c: ['a', 'd'], d: ['c'], x: ['x'], y: ['a', 'nobody'] });
  expect(cycles(of)).toEqual([['c', 'd'], ['x']]);
});

test('a node is in a knot exactly when it reaches itself', () => {
  fc.assert(
    fc.property(graphs, (of) => {
      const knotted = new Set(knots(of).flatMap((knot) => [...knot]));
      for (const node of of.keys()) expect([node, knotted.has(node)]).toEqual([node, reaches(of, node, node)]);
    }),
  );
});

test('each cycle closes over edges that are there', () => {
  fc.assert(
    fc.property(graphs, (of) => {
      for (const cycle of cycles(of)) {
        expect(cycle.length).toBeGreaterThan(0);
        for (const [index, node] of cycle.entries()) expect(of.get(node)).toContain(cycle[(index + 1) % cycle.length]);
      }
    }),
  );
});

test('without cycles the longest chain is as long as the deepest node is deep', () => {
  fc.assert(
    fc.property(graphs, (any) => {
      const names = [...any.keys()].sort();
      const of: Graph = new Map(names.map((name) => [name, (any.get(name) ?? []).filter((to) => to < name && any.has(to))]));
      const chain = longestChain(of);
      expect(chain.length).toBe(Math.max(0, ...[...depths(of).values()].map((depth) => depth + 1)));
      for (const [index, node] of chain.slice(0, -1).entries()) expect(of.get(node)).toContain(chain[index + 1]);
    }),
  );
});

test('a chain of many thousands overflows nothing', () => {
  const long: Graph = new Map(Array.from({ length: 20_000 }, (_, index) => [`${index}`, [`${index + 1}`]]));
  expect(longestChain(long)).toHaveLength(20_000);
  expect(knots(new Map([...long, ['20000', ['0']]]))[0]?.size).toBe(20_001);
});
