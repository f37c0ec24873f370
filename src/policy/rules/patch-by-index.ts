import { LIST_IDENTITY } from '../../flux/list-identity';
import { defineRule, at as valueAt } from '../rule';
import { few, type Operation, operationsOf, type WrittenPatch, writtenPatches } from '../written-patches';

/** Source: RFC 6902; what stands at a place in a list depends on everything before it. */
export const patchByIndex = defineRule({
  name: 'patch-by-index',
  ids: ['F43'],
  claim: 'a patch that picks an item of a list by its place tests first what stands there',
  because: 'when the list gets an entry before it, the patch changes another item, and nothing says so',
  evidence: 'RFC 6902, section 4.6; kustomize 5.8, PatchTransformer',
  severity: 'warning',
  fix: 'put a test operation before it, or merge by the key of the list',

  *check(repository) {
    for (const patch of writtenPatches(repository)) {
      const places = untested(patch);
      const [first] = places;
      if (first === undefined) continue;
      yield {
        on: patch.on,
        at: `${patch.at}.patch`,
        found: `${few(places.map(({ pointer }) => pointer))} ${places.length === 1 ? 'is' : 'are'} picked by place`,
        fix: `put before it: ${testFor(patch, first)}`,
      };
    }
  },
});

/** A place in a list. */
interface Place {
  /** `/spec/template/spec/containers/0`. */
  readonly pointer: string;
  readonly steps: readonly string[];
}

/** Places that no earlier operation of the patch tests, each once; of those within each other the innermost, whose test covers the rest. */
function untested(patch: WrittenPatch): readonly Place[] {
  const tested: string[] = [];
  const found = new Map<string, Place>();
  for (const operation of operationsOf(patch)) {
    if (operation.op === 'test') tested.push(operation.pointer);
    else
      for (const place of placesIn(patch, operation)) {
        if (!tested.some((pointer) => pointer === place.pointer || pointer.startsWith(`${place.pointer}/`)))
          found.set(place.pointer, place);
      }
  }
  const pointers = [...found.keys()];
  return [...found.values()].filter(({ pointer }) => !pointers.some((other) => other.startsWith(`${pointer}/`)));
}

function placesIn(patch: WrittenPatch, { op, steps, pointer }: Operation): readonly Place[] {
  const raw = pointer.split('/');
  return steps.flatMap((step, index) => {
    if (!/^\d+$/.test(step)) return [];
    if (op === 'add' && step === '0' && index === steps.length - 1) return []; // goes before all others, whatever they are
    const inList = patch.reports.some(({ matched }) =>
      matched.some(({ object }) => Array.isArray(valueAt(object, ...steps.slice(0, index)))),
    );
    return inList ? [{ pointer: raw.slice(0, index + 2).join('/'), steps: steps.slice(0, index + 1) }] : [];
  });
}

/** A test that holds today; no value of a Secret is shown. */
function testFor({ reports }: WrittenPatch, { pointer, steps }: Place): string {
  for (const { object } of reports.flatMap(({ matched }) => matched)) {
    for (const field of object.kind === 'Secret' ? [] : LIST_IDENTITY) {
      const value = valueAt(object, ...steps, ...field.split('.'));
      if (typeof value === 'string' || typeof value === 'number')
        return `{op: test, path: ${pointer}/${field.replace('.', '/')}, value: ${value}}`;
    }
  }
  return `{op: test, path: ${pointer}, value: …}, with what stands there`;
}
