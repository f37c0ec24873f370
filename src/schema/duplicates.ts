import { canonical, isMap } from './json';
import type { SchemaProblem } from './problem';
import type { SchemaNode } from './schema-node';
import { quoted } from './wording';

/**
 * Items of a list that the API server tells apart by their keys (`x-kubernetes-list-type: map`) or as a whole (`set`), and that it takes for
 * the same: server-side apply refuses the object.
 */
export function* duplicates(node: SchemaNode, list: readonly unknown[], at: string): Generator<SchemaProblem> {
  if (node.listType !== 'set' && node.listType !== 'map') return;
  const seen = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const keys = node.listType === 'map' ? keysOf(node, item) : [item];
    if (keys === undefined) continue;
    const text = canonical(keys);
    const first = seen.get(text);
    if (first === undefined) seen.set(text, index);
    else {
      const named = node.listType === 'map' ? node.listKeys.map((key, place) => `${key} ${quoted(keys[place])}`).join(', ') : quoted(item);
      yield {
        at: `${at}[${index}]`,
        kind: 'duplicate',
        what: `${named} stands in the list twice, first at [${first}]`,
        fix: node.listType === 'map' ? 'keep one of the two, or give it another key' : 'keep one of the two',
      };
    }
  }
}

/** Values of the keys; undefined where one is missing, which is said elsewhere. */
function keysOf(node: SchemaNode, item: unknown): readonly unknown[] | undefined {
  if (!isMap(item)) return undefined;
  const values = node.listKeys.map((key) => item[key] ?? node.items?.property(key)?.default);
  return values.includes(undefined) ? undefined : values;
}
