import { type Finding, Refused } from '../flux';

/** Who waits for whom: each Flux Kustomization by name, with the names it depends on. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * The depth of each Flux Kustomization: 0 waits for nobody, the others are one deeper than the deepest they wait for. Those of
 * one depth may come up together. Linear in nodes and edges; the order within a depth is the graph's own.
 *
 * Findings: an edge to nobody, an edge to itself, a cycle (the shortest one is named).
 */
export function depths(graph: Graph): ReadonlyMap<string, number> {
  const findings = [...graph].flatMap(([name, edges]) => edges.flatMap((to) => badEdge(graph, name, to)));
  if (findings.length > 0) throw new Refused(findings);

  const waiting = new Map([...graph].map(([name, edges]) => [name, new Set(edges).size]));
  const dependents = new Map<string, string[]>([...graph.keys()].map((name) => [name, []]));
  for (const [name, edges] of graph) for (const to of new Set(edges)) dependents.get(to)?.push(name);

  const depth = new Map<string, number>();
  let ready = [...waiting].filter(([, left]) => left === 0).map(([name]) => name);
  for (let at = 0; ready.length > 0; at += 1) {
    const next: string[] = [];
    for (const name of ready) {
      depth.set(name, at);
      for (const dependent of dependents.get(name) ?? []) {
        const left = (waiting.get(dependent) ?? 0) - 1;
        waiting.set(dependent, left);
        if (left === 0) next.push(dependent);
      }
    }
    ready = next;
  }
  if (depth.size < graph.size) throw new Refused([cycle(shortestCycle(graph, depth))]);
  return depth;
}

function badEdge(graph: Graph, name: string, to: string): readonly Finding[] {
  const where = `${name}, dependsOn ${to}`;
  const file = 'infrastructure.yaml';
  if (to === name) {
    return [
      {
        rule: 'self-dependency',
        file,
        what: `${name} waits for itself`,
        where,
        why: 'it never starts, and Flux logs no error',
        fix: 'remove the edge',
      },
    ];
  }
  if (graph.has(to)) return [];
  return [
    {
      rule: 'unknown-dependency',
      file,
      what: `${name} waits for ${to}, which is not deployed`,
      where,
      why: 'Flux waits for ever for a Flux Kustomization that does not exist',
      fix: `deploy ${to}, or remove the edge`,
    },
  ];
}

/** A shortest cycle among the nodes without a depth: breadth first from each of them. */
function shortestCycle(graph: Graph, depth: ReadonlyMap<string, number>): readonly string[] {
  const left = [...graph.keys()].filter((name) => !depth.has(name));
  let best: readonly string[] = [];
  for (const start of left) {
    const paths: (readonly string[])[] = [[start]];
    const seen = new Set<string>();
    for (let path = paths.shift(); path; path = paths.shift()) {
      const at = path.at(-1) ?? start;
      const closes = (graph.get(at) ?? []).includes(start);
      if (closes && (best.length === 0 || path.length < best.length)) best = path;
      if (closes) break;
      for (const to of graph.get(at) ?? []) {
        if (depth.has(to) || seen.has(to)) continue;
        seen.add(to);
        paths.push([...path, to]);
      }
    }
  }
  return best;
}

function cycle(path: readonly string[]): Finding {
  return {
    rule: 'dependency-cycle',
    file: 'infrastructure.yaml',
    what: `${[...path, path[0]].join(' -> ')} wait for each other`,
    where: `${path[0]}, dependsOn`,
    why: 'none of them ever starts, and Flux then stops sorting every other one of the same source too',
    fix: 'remove the edge that the manifests do not need',
  };
}
