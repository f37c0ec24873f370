import type { EffectiveCluster, EffectiveObject, FluxKustomization } from '../../effective';
import { comesAfter, ofKind } from '../../effective';
import { absence } from '../absence';
import { nearest } from '../nearest';
import { defineRule, mapAt, textAt, type Violation } from '../rule';
import { configNamed, type VariableSource, variableSourcesOf } from '../variable-sources';

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
      for (const on of cluster.kustomizations) {
        for (const source of variableSourcesOf(on)) {
          if (source.optional) continue;
          const makers = configNamed(cluster, source.kind, on.namespace, source.name);
          if (makers.length > 0) yield* late(on, source, makers);
          else {
            const wanted = `${source.kind} ${on.namespace}/${source.name}`;
            const known = absent.get(wanted);
            if (known) known.users++;
            else absent.set(wanted, { first: { on, source }, users: 1 });
          }
        }
      }
      for (const [wanted, { first, users }] of absent) yield* missing(cluster, wanted, first, users);
    }
  },
});

interface Use {
  readonly on: FluxKustomization;
  readonly source: VariableSource;
}

/** One finding for each object that is not there, however many read it. */
function* missing(cluster: EffectiveCluster, wanted: string, { on, source }: Use, users: number): Iterable<Violation> {
  const sure = absence(cluster);
  if (sure === undefined || isMadeElsewhere(cluster, on, source)) return;
  yield {
    on,
    at: `${source.at}.name`,
    found: `nothing in ${cluster.name} makes ${wanted}${users > 1 ? `, which ${users} Flux Kustomizations read` : ''}`,
    fix: fixFor(cluster, on, source),
    // A Secret may well be made by hand.
    severity: source.kind === 'Secret' ? 'warning' : sure,
  };
}

function* late(on: FluxKustomization, { kind, name, at }: VariableSource, makers: readonly EffectiveObject[]): Iterable<Violation> {
  const wanted = `${kind} ${on.namespace}/${name}`;
  const before = comesAfter(on);
  const [maker] = makers;
  if (!maker || makers.some(({ owner }) => before.has(owner))) return;
  if (maker.owner === on) {
    const found = `${on.id} makes ${wanted} itself, after it has read it`;
    yield { on, at: `${at}.name`, found, fix: `apply ${kind} ${name} from ${on.parent?.id ?? 'the root'}`, because: DEADLOCK };
    return;
  }
  yield {
    on,
    at: `${at}.name`,
    found: `${wanted} is made by ${maker.owner.id}, for which ${on.id} does not wait`,
    fix: `add ${maker.owner.name} to dependsOn, or apply ${kind} ${name} from the root`,
    severity: 'warning',
    because: 'on an empty cluster the two race: the build fails until a retry happens to come later',
  };
}

const DEADLOCK = 'on an empty cluster it is not there, so the build fails, so it is never made';

function fixFor(cluster: EffectiveCluster, { namespace, id }: FluxKustomization, { kind, name }: VariableSource): string {
  const all = ofKind(cluster, kind, '').map(({ object }) => mapAt(object, 'metadata'));
  const here = all.flatMap((metadata) =>
    metadata['namespace'] === namespace && typeof metadata['name'] === 'string' ? [metadata['name']] : [],
  );
  const meant = nearest(name, here);
  if (meant !== undefined) return `write ${meant}, or make ${kind} ${namespace}/${name}`;
  const elsewhere = all.find((metadata) => metadata['name'] === name)?.['namespace'];
  if (typeof elsewhere === 'string') return `move ${kind} ${name} from ${elsewhere} to ${namespace}, the namespace of ${id}`;
  return `make ${kind} ${namespace}/${name}, correct the name, or mark the entry optional`;
}

/** Kinds whose controllers make a Secret or ConfigMap of the name they are given. */
const MAKERS = [
  'ExternalSecret',
  'SealedSecret',
  'Certificate',
  'PushSecret',
  'VaultStaticSecret',
  'OnePasswordItem',
  'InfisicalSecret',
  'Bundle',
];

/** Whether a controller may make it: then it is there, sooner or later, and no manifest has it. */
function isMadeElsewhere(cluster: EffectiveCluster, { namespace }: FluxKustomization, { name }: VariableSource): boolean {
  const named = ({ object }: EffectiveObject): boolean =>
    [textAt(object, 'spec', 'target', 'name'), textAt(object, 'spec', 'secretName'), textAt(object, 'metadata', 'name')].includes(name) &&
    [namespace, undefined].includes(textAt(object, 'metadata', 'namespace'));
  return MAKERS.some((kind) => ofKind(cluster, kind).some(named)) || ofKind(cluster, 'ClusterExternalSecret').length > 0;
}
