import type { EffectiveCluster, EffectiveObject, FluxKustomization } from '../../effective';
import { comesAfter, ofKind } from '../../effective';
import { absence } from '../absence';
import { makerOf, makesUnseen } from '../config-makers';
import { nearest } from '../nearest';
import { defineRule, textAt, type Violation } from '../rule';
import { configNamed, type VariableSource, variableSourcesOf } from '../variable-sources';
import { isWhole } from '../whole';

/** Source: kustomize-controller reads what substituteFrom names before it builds, in the Flux Kustomization's own namespace. */
export const substituteFromExists = defineRule({
  name: 'substitute-from-exists',
  ids: ['F66'],
  claim: 'what substituteFrom names is there before the Flux Kustomization is built',
  because: 'Flux fails the whole Flux Kustomization as long as it is absent',
  evidence: 'fluxcd/pkg, kustomize: SubstituteVariables; Kustomization v1, spec.postBuild.substituteFrom',
  severity: 'error',
  fix: 'apply it from the root or from what the Flux Kustomization depends on, in its namespace, or mark it optional',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const absent = new Map<string, { readonly first: Use; users: number }>();
      const late = new Map<EffectiveObject, Violation & { users: number }>();
      for (const on of cluster.kustomizations) {
        for (const source of variableSourcesOf(on)) {
          if (source.optional) continue;
          const makers = configNamed(cluster, source.kind, on.namespace, source.name);
          if (makers.length > 0) {
            const found = outOfOrder(on, source, makers);
            const [maker] = makers;
            const same = maker && late.get(maker);
            if (!found || !maker) continue;
            if (maker.owner === on) yield found;
            else if (same) same.users++;
            else late.set(maker, { ...found, users: 1 });
          } else {
            const wanted = `${source.kind} ${on.namespace}/${source.name}`;
            const known = absent.get(wanted);
            if (known) known.users++;
            else absent.set(wanted, { first: { on, source }, users: 1 });
          }
        }
      }
      for (const { users, ...first } of late.values()) {
        yield users === 1 ? first : { ...first, found: `${first.found}, nor ${users === 2 ? 'does 1 other' : `do ${users - 1} others`}` };
      }
      const whole = isWhole(repository, cluster);
      for (const [wanted, { first, users }] of absent) yield* missing(cluster, wanted, { ...first, whole }, users);
    }
  },
});

interface Use {
  readonly on: FluxKustomization;
  readonly source: VariableSource;
}

/** One finding for each object that is not there, however many read it. */
function* missing(
  cluster: EffectiveCluster,
  wanted: string,
  { on, source, whole }: Use & { readonly whole: boolean },
  users: number,
): Iterable<Violation> {
  const sure = absence(cluster);
  const { kind, name } = source;
  if (sure === undefined || makerOf(cluster, kind, on.namespace, name)) return;
  const meant = nearest(name, namesIn(cluster, kind, on.namespace));
  // A chart, an operator or a policy may make it, but hardly one whose name is one slip away from another that is there.
  if (meant === undefined && makesUnseen(cluster, on.namespace)) return;
  yield {
    on,
    at: `${source.at}.name`,
    found: `nothing in ${cluster.name} makes ${wanted}${users > 1 ? `, which ${users} Flux Kustomizations read` : ''}`,
    fix: meant === undefined ? fixFor(cluster, on, source) : `write ${meant}, or make ${wanted}`,
    // A Secret may well be made by hand; of a root that somebody applies, nobody knows what else he does.
    severity: kind === 'Secret' || !whole ? 'warning' : sure,
  };
}

/** Undefined where one of those who make it comes before. */
function outOfOrder(on: FluxKustomization, { kind, name, at }: VariableSource, makers: readonly EffectiveObject[]): Violation | undefined {
  const wanted = `${kind} ${on.namespace}/${name}`;
  const before = comesAfter(on);
  const [maker] = makers;
  if (!maker || makers.some(({ owner }) => before.has(owner))) return undefined;
  if (maker.owner === on) {
    const found = `${on.id} makes ${wanted} itself, after it has read it`;
    return { on, at: `${at}.name`, found, fix: `apply ${kind} ${name} from ${on.parent?.id ?? 'the root'}`, because: DEADLOCK };
  }
  return {
    on,
    at: `${at}.name`,
    found: `${wanted} is made by ${maker.owner.id}, for which ${on.id} does not wait`,
    fix: `add ${maker.owner.name} to dependsOn, or apply ${kind} ${name} from the root`,
    severity: 'warning',
    because: 'on an empty cluster the two race: the build fails until a retry happens to come later',
  };
}

const DEADLOCK = 'on an empty cluster it is not there, so the build fails, so it is never made';

function namesIn(cluster: EffectiveCluster, kind: string, namespace: string): readonly string[] {
  return ofKind(cluster, kind, '').flatMap(({ object }) => {
    const name = textAt(object, 'metadata', 'name');
    return name !== undefined && textAt(object, 'metadata', 'namespace') === namespace ? [name] : [];
  });
}

function fixFor(cluster: EffectiveCluster, { namespace, id }: FluxKustomization, { kind, name }: VariableSource): string {
  const same = ofKind(cluster, kind, '').find(({ object }) => textAt(object, 'metadata', 'name') === name);
  const elsewhere = same && textAt(same.object, 'metadata', 'namespace');
  return elsewhere === undefined
    ? `make ${kind} ${namespace}/${name}, correct the name, or mark the entry optional`
    : `move ${kind} ${name} from ${elsewhere} to ${namespace}, the namespace of ${id}`;
}
