import type { EffectiveCluster, FluxKustomization } from './model';

/** Some Flux Kustomizations of one cluster, in the order in which they are declared. */
export interface Group extends Iterable<FluxKustomization> {
  readonly size: number;
  readonly has: (kustomization: FluxKustomization) => boolean;
}

/**
 * All that must be ready before it is built: `dependsOn`, and what those depend on in turn. In a cycle each of its members is among them,
 * itself too.
 */
export function waitsFor(kustomization: FluxKustomization): Group {
  return orderAround(kustomization).waits(kustomization);
}

/**
 * All that has been applied before it is built: what it waits for, who applies it and what those in turn waited for, since without them it
 * would not be there.
 */
export function comesAfter(kustomization: FluxKustomization): Group {
  return orderAround(kustomization).after(kustomization);
}

/** All that wait for it, at whatever distance. */
export function dependentsOf(kustomization: FluxKustomization): Group {
  return orderAround(kustomization).dependents(kustomization);
}

/** Whether it gets ready only when something it applies is: without `wait` and `healthChecks` it is ready as soon as the API server has all. */
export function reallyWaits({ spec }: FluxKustomization): boolean {
  const checks = spec['healthChecks'];
  return spec['wait'] === true || (Array.isArray(checks) && checks.length > 0);
}

/** Who is in the cluster of a root: a Flux Kustomization knows its parent, not its siblings. */
const members = new WeakMap<FluxKustomization, readonly FluxKustomization[]>();
const orders = new WeakMap<FluxKustomization, Order>();

/** Makes a cluster known, so that its order can be asked for. */
export function introduce({ root, kustomizations }: EffectiveCluster): void {
  members.set(root, kustomizations);
}

function orderAround(kustomization: FluxKustomization): Order {
  let root = kustomization;
  for (const seen = new Set([root]); root.parent && !seen.has(root.parent); seen.add(root)) root = root.parent;
  const known = orders.get(root) ?? new Order(members.get(root) ?? [kustomization]);
  orders.set(root, known);
  return known;
}

/** One bit for each Flux Kustomization: 5,000 of them, each after all others, take 3 MB. */
type Bits = Uint32Array;

class Order {
  private readonly place: ReadonlyMap<FluxKustomization, number>;
  private found: { waits?: readonly Bits[]; after?: readonly Bits[]; dependents?: readonly Bits[] } = {};

  constructor(private readonly all: readonly FluxKustomization[]) {
    this.place = new Map(all.map((kustomization, index) => [kustomization, index]));
  }

  waits(of: FluxKustomization): Group {
    this.found.waits ??= closure(this.edges(false));
    return this.group(of, this.found.waits);
  }

  after(of: FluxKustomization): Group {
    this.found.after ??= closure(this.edges(true));
    return this.group(of, this.found.after);
  }

  dependents(of: FluxKustomization): Group {
    this.found.dependents ??= closure(reversed(this.edges(false)));
    return this.group(of, this.found.dependents);
  }

  private edges(parents: boolean): readonly (readonly number[])[] {
    return this.all.map(({ dependsOn, parent }) => {
      const to = dependsOn.map(({ found }) => found);
      if (parents) to.push(parent);
      return to.map((one) => (one && this.place.get(one)) ?? -1).filter((index) => index >= 0);
    });
  }

  private group(of: FluxKustomization, sets: readonly Bits[]): Group {
    const bits = sets[this.place.get(of) ?? -1] ?? new Uint32Array(0);
    const { all, place } = this;
    const holds = (index: number): boolean => ((bits[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
    return {
      get size() {
        return all.reduce((sum, _, index) => sum + (holds(index) ? 1 : 0), 0);
      },
      has: (kustomization) => holds(place.get(kustomization) ?? -1),
      *[Symbol.iterator]() {
        for (const [index, kustomization] of all.entries()) if (holds(index)) yield kustomization;
      },
    };
  }
}

function reversed(edges: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const back: number[][] = edges.map(() => []);
  for (const [from, to] of edges.entries()) for (const one of to) back[one]?.push(from);
  return back;
}

/** For each place all that can be reached from it. Cycles are contracted first (Tarjan), without recursion: chains may be long. */
export function closure(edges: readonly (readonly number[])[]): readonly Bits[] {
  const words = (edges.length + 31) >>> 5;
  const sets: Bits[] = [];
  const order = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const done = new Uint8Array(edges.length);
  const waiting: number[] = [];
  let count = 0;

  const finish = (first: number): void => {
    const cycle: number[] = [];
    for (let one = waiting.pop(); one !== undefined; one = one === first ? undefined : waiting.pop()) cycle.push(one);
    const bits = new Uint32Array(words);
    const add = (index: number): void => {
      bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
    };
    for (const one of cycle) done[one] = 1;
    for (const one of cycle) {
      sets[one] = bits;
      for (const next of edges[one] ?? []) {
        add(next);
        const known = sets[next];
        if (known && known !== bits) for (let word = 0; word < words; word++) bits[word] = (bits[word] ?? 0) | (known[word] ?? 0);
      }
    }
  };

  for (let start = 0; start < edges.length; start++) {
    if (order[start] !== -1) continue;
    const path: { readonly node: number; next: number }[] = [{ node: start, next: 0 }];
    order[start] = low[start] = count++;
    waiting.push(start);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { node } = step;
      const to = edges[node]?.[step.next++];
      if (to === undefined) {
        path.pop();
        const before = path.at(-1);
        if (before) low[before.node] = Math.min(low[before.node] ?? 0, low[node] ?? 0);
        if (low[node] === order[node]) finish(node);
      } else if (order[to] === -1) {
        order[to] = low[to] = count++;
        waiting.push(to);
        path.push({ node: to, next: 0 });
      } else if (!done[to]) {
        low[node] = Math.min(low[node] ?? 0, order[to] ?? 0);
      }
    }
  }
  return sets;
}
