import type { EffectiveCluster, FluxKustomization } from '../../effective';
import { releasesOf } from '../releases';
import { defineRule, groupOf } from '../rule';

/** Source: specification, "Webhook Ordering". */
export const enginesNotAwaited = defineRule({
  name: 'engines-not-awaited',
  ids: ['S05'],
  claim: 'nobody waits for an admission engine but what configures and watches it',
  because: 'an engine that does not come up would keep everything behind it from coming up, and it is there to judge, not to serve',
  evidence: 'specification, "Webhook Ordering"; fluxcd/flux2#3335, kyverno/kyverno#2883',
  severity: 'error',
  fix: 'remove the edge: the engine and the others come up side by side, and Flux retries what was refused meanwhile',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const { engine, groups } of enginesOf(cluster)) {
        const own = belongingTo(engine, groups, cluster);
        for (const on of cluster.kustomizations) {
          if (own.has(on)) continue;
          for (const [index, { found }] of on.dependsOn.entries()) {
            if (!found || !own.has(found)) continue;
            yield {
              on,
              at: `spec.dependsOn[${index}]`,
              found: `${on.id} waits for ${found.id}${found === engine ? '' : `, which waits for ${engine.id}`}: an admission engine`,
              fix: `remove ${found.name} from dependsOn`,
            };
          }
        }
      }
    }
  },
});

interface Engine {
  readonly engine: FluxKustomization;
  /** Of the kinds that configure it. */
  readonly groups: ReadonlySet<string>;
}

function enginesOf(cluster: EffectiveCluster): readonly Engine[] {
  return releasesOf(cluster).flatMap(({ on, known, groups }) =>
    known?.facts.role === 'admission engine' ? [{ engine: on.owner, groups: new Set([...groups, 'constraints.gatekeeper.sh']) }] : [],
  );
}

/** The engine's own Flux Kustomization, those named after it, and those that hold its kinds: its policies, its monitors. */
function belongingTo(
  { name, namespace }: FluxKustomization,
  groups: ReadonlySet<string>,
  cluster: EffectiveCluster,
): ReadonlySet<FluxKustomization> {
  const stem = name.replace(/-system$/, '');
  return new Set(
    cluster.kustomizations.filter((one) => {
      if (one.namespace === namespace && (one.name === name || one.name.startsWith(`${stem}-`))) return true;
      return one.objects.some(({ object }) => groups.has(groupOf(object)));
    }),
  );
}
