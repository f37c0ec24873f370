import { objectsOf, type Repository } from '../effective';
import type { Context } from '../policy';
import { schemasOf } from '../policy/known-schemas';

/** Kinds that nobody held against a schema, since none is known: `example.org/v1 Berth`, and how many objects there are of each. */
export function withoutSchema(repository: Repository, context: Context): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const cluster of repository.clusters) {
    const schemas = schemasOf(cluster, context);
    for (const { object } of objectsOf(cluster)) {
      if (schemas.validate(object) !== undefined) continue; // remembered since the rule asked
      const name = `${object.apiVersion} ${object.kind}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}
