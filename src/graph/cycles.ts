import type { Graph } from './layers';

/**
 * One shortest cycle of every knot of nodes that wait for each other, an edge to itself included. Each begins with its first node by name;
 * the last waits for the first. Edges to nodes that are not in the graph count for nothing. Linear, but for the knots.
 */
export function cycles(graph: Graph): readonly (readonly string[])[] {
  return knots(graph).map((knot) => shortest(graph, knot));
}

/**
 * The sets of nodes that reach each other (Tarjan's strongly connected components), without those of one node that has no edge to itself.
 * By hand on a stack of its own: a chain of thousands would overflow that of the language.
 */
export function knots(graph: Graph): readonly ReadonlySet<string>[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: Set<string>[] = [];
  for (const start of graph.keys()) {
    if (order.has(start)) continue;
    const path: { readonly node: string; readonly edges: readonly string[]; at: number }[] = [];
    const enter = (node: string): void => {
      order.set(node, order.size);
      low.set(node, order.size - 1);
      open.push(node);
      isOpen.add(node);
      path.push({ node, edges: (graph.get(node) ?? []).filter((to) => graph.has(to)), at: 0 });
    };
    enter(start);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const to = step.edges[step.at];
      step.at += 1;
      if (to !== undefined) {
        if (!order.has(to)) enter(to);
        else if (isOpen.has(to)) lower(low, step.node, order.get(to));
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(low, above.node, low.get(step.node));
      if (low.get(step.node) !== order.get(step.node)) continue;
      const knot = new Set(open.splice(open.lastIndexOf(step.node)));
      for (const node of knot) isOpen.delete(node);
      if (knot.size > 1 || step.edges.includes(step.node)) found.push(knot);
    }
  }
  return found;
}

function lower(low: Map<string, number>, node: string, to: number | undefined): void {
  if (to !== undefined) low.set(node, Math.min(low.get(node) ?? to, to));
}

/** How many nodes of a knot are tried as the start of its shortest cycle: a knot of thousands is named well enough by one of these. */
const TRIED = 200;

/** A shortest cycle within a knot, breadth first from its nodes by name. */
function shortest(graph: Graph, knot: ReadonlySet<string>): readonly string[] {
  let best: readonly string[] = [];
  for (const start of [...knot].sort().slice(0, TRIED)) {
    const cycle = through(graph, start, knot);
    if (best.length === 0 || cycle.length < best.length) best = cycle;
    if (best.length === 1) break;
  }
  return best;
}

/** A shortest way from a node back to itself, within the nodes given; empty where there is none. */
export function through(graph: Graph, start: string, within: ReadonlySet<string>): readonly string[] {
  const from = new Map<string, string>();
  let front = [start];
  while (front.length > 0) {
    const next: string[] = [];
    for (const node of front) {
      for (const to of graph.get(node) ?? []) {
        if (to === start) return way(from, start, node);
        if (!within.has(to) || from.has(to)) continue;
        from.set(to, node);
        next.push(to);
      }
    }
    front = next;
  }
  return [];
}

function way(from: ReadonlyMap<string, string>, start: string, end: string): readonly string[] {
  const path: string[] = [];
  for (let at: string | undefined = end; at !== undefined && at !== start; at = from.get(at)) path.unshift(at);
  return [start, ...path];
}

/**
 * The longest chain of edges of a graph, cycles left out of account: nodes from the one that waits to the one that waits for nobody.
 * The first by name of equals.
 */
export function longestChain(graph: Graph): readonly string[] {
  const knotted = new Set(knots(graph).flatMap((knot) => [...knot]));
  const length = new Map<string, number>();
  const next = new Map<string, string>();
  const edgesOf = (node: string) => (graph.get(node) ?? []).filter((to) => graph.has(to) && !knotted.has(to));
  for (const start of graph.keys()) {
    if (knotted.has(start)) continue;
    const path = [start];
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edges = edgesOf(node);
      const unknown = length.has(node) ? [] : edges.filter((to) => !length.has(to));
      if (unknown.length > 0) {
        path.push(...unknown);
        continue;
      }
      path.pop();
      if (length.has(node)) continue;
      let longest = 0;
      for (const to of edges) {
        const by = (length.get(to) ?? 0) + 1;
        if (by > longest || (by === longest && to < (next.get(node) ?? ''))) {
          longest = by;
          next.set(node, to);
        }
      }
      length.set(node, longest);
    }
  }
  let first: string | undefined;
  for (const [node, by] of length) {
    const best = first === undefined ? -1 : (length.get(first) ?? -1);
    if (by > best || (by === best && first !== undefined && node < first)) first = node;
  }
  const chain: string[] = [];
  for (let at = first; at !== undefined; at = next.get(at)) chain.push(at);
  return chain;
}
