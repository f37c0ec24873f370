import type { CustomKind } from './crd-types';
import { compare } from './order';
import { recordAt } from './record';
import { shared } from './repeated';
import { jsonFile, ofObject } from './run-time-schema';

/**
 * schemas/<group>.json: what a check has to know of custom kinds while it runs.
 *
 * @param wanted the kinds of one group that get a schema
 * @param served every version that the same CRDs serve, with a schema or without
 */
export function schemaFile(wanted: readonly CustomKind[], served: readonly CustomKind[]): string {
  const names = [...new Set(wanted.map(({ kind }) => kind))].sort(compare);
  const schemas = Object.fromEntries(
    [...wanted].map((each) => [`${each.version} ${each.kind}`, ofObject(each.schema)] as const).sort(([a], [b]) => compare(a, b)),
  );
  return jsonFile({ kinds: Object.fromEntries(names.map((name) => [name, about(name, served)])), ...shared(schemas) });
}

function about(kind: string, served: readonly CustomKind[]): unknown {
  const versions = served.filter((each) => each.kind === kind).sort((a, b) => compare(a.version, b.version));
  const observed = versions.filter(({ schema }) => observedByDefault(schema)).map(({ version }) => version);
  return {
    scope: versions[0]?.scope,
    versions: versions.map(({ version }) => version),
    // Versions whose objects begin with an observedGeneration that is not theirs: nobody takes them for ready before a controller came by.
    ...(observed.length > 0 && { observed }),
  };
}

function observedByDefault(schema: unknown): boolean {
  const status = recordAt(schema, 'properties', 'status');
  const inStatus = recordAt(status, 'default')['observedGeneration'];
  return (inStatus ?? recordAt(status, 'properties', 'observedGeneration')['default']) !== undefined && 'default' in status;
}
