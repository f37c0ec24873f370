import type { EffectiveObject, FluxKustomization } from '../../effective';
import { counted, listed } from '../phrase';
import { defineRule, nameOf, textAt, type Violation } from '../rule';
import { isStateful } from '../stateful';

const MARKS = [
  { key: 'kustomize.toolkit.fluxcd.io/prune', values: /^disabled$/i },
  { key: 'kustomize.toolkit.fluxcd.io/reconcile', values: /^disabled$/i },
  { key: 'kustomize.toolkit.fluxcd.io/ssa', values: /^ignore$/i },
];

/** Source: kustomize-controller deletes what a build no longer has. */
export const pruneSensitive = defineRule({
  name: 'prune-sensitive',
  ids: ['F96', 'S09'],
  claim: 'what holds data is not pruned',
  because:
    'a line that goes from a kustomization.yaml deletes it in the cluster: a Namespace with all in it, a volume, every object of a CRD',
  evidence: 'fluxcd/flux2#1366, fluxcd/kustomize-controller#237',
  severity: 'warning',
  fix: 'annotate it with kustomize.toolkit.fluxcd.io/prune: disabled',

  *check(repository) {
    for (const { kustomizations } of repository.clusters) yield* sensitive(kustomizations);
  },
});

/** One finding for each Flux Kustomization, since it is one switch; one for all that share the very files, since those lack the mark. */
function* sensitive(kustomizations: readonly FluxKustomization[]): Iterable<Violation> {
  const groups = new Map<string, { readonly open: readonly EffectiveObject[]; others: number }>();
  for (const { spec, objects } of kustomizations) {
    if (spec['prune'] !== true) continue;
    // A StatefulSet leaves its claims behind; what it holds in them stays.
    const open = objects.filter((one) => isStateful(one.object) && one.object.kind !== 'StatefulSet' && !isKept(one));
    const files = open.map(({ origin }) => `${origin.path} ${origin.index}`).join('\n');
    const known = groups.get(files);
    if (known) known.others++;
    else if (open.length > 0) groups.set(files, { open, others: 0 });
  }
  for (const { open, others } of groups.values()) {
    const [on] = open;
    if (!on) continue;
    const same = others === 0 ? '' : `, and ${counted(others, 'other Flux Kustomization')} the like of the same file`;
    yield {
      on,
      at: '',
      found: `${on.owner.id} would prune ${listed(open.map(({ object }) => nameOf(object)))}${same}`,
      fix: `annotate ${open.length === 1 ? 'it' : 'each of them'} with kustomize.toolkit.fluxcd.io/prune: disabled`,
    };
  }
}

function isKept({ object: { metadata } }: EffectiveObject): boolean {
  return MARKS.some(({ key, values }) =>
    ['annotations', 'labels'].some((map) => {
      const value = textAt(metadata, map, key);
      return value !== undefined && values.test(value);
    }),
  );
}
