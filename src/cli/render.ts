import type { EffectiveCluster, EffectiveObject, FluxKustomization, Repository } from '../effective';
import type { Finding } from '../flux';
import { NotYaml, toYaml } from '../flux/yaml';
import { nearest } from '../policy/nearest';
import type { Colours } from './check-report';
import type { Engine } from './engine';
import { oneLine, sayPlainly } from './one-line';
import { normal, opened } from './opened';
import { EXIT, type Streams } from './perform';
import { guarded, UsageError } from './refused-arguments';
import { withoutSecrets } from './withheld';

export interface RenderOptions {
  /** Name of a cluster, or the folder its root builds. */
  readonly cluster: string;
  /** Only this Flux Kustomization: `redis`, or with its namespace, `flux-system/redis`. @default all */
  readonly kustomization?: string | undefined;
  /** The root of a Flux repository. @default the tree of this project, in memory */
  readonly dir?: string | undefined;
}

/**
 * Prints what Flux would apply, patched and substituted, as one YAML stream; what could not be built is said on the other one.
 *
 * @returns the exit code: `EXIT.refused` where something could not be built that is this repository's own
 */
export function performRender(engine: Engine, { cluster, kustomization, dir }: RenderOptions, streams: Streams, colours: Colours): number {
  return guarded(streams, () => {
    const repository = dir === undefined ? engine.own().repository : engine.inspect(opened(dir));
    const found = clusterOf(repository, cluster);
    const asked = kustomization === undefined ? found.kustomizations : [kustomizationOf(found, kustomization)];
    const failures: Finding[] = [];
    let separator = '';
    for (const one of asked) {
      if (one.failure) failures.push(notBuilt(found, one, one.failure));
      for (const object of one.objects) {
        const text = document(object, colours);
        if (typeof text === 'string') {
          streams.out(`${separator}${text}`);
          separator = `${colours.dim('---')}\n`;
        } else failures.push(text);
      }
    }
    if (failures.length > 0) streams.err(`${failures.map(sayPlainly).join('\n\n')}\n`);
    return failures.some(({ severity }) => severity !== 'info') ? EXIT.refused : EXIT.done;
  });
}

function document(made: EffectiveObject, { dim }: Colours): string | Finding {
  const { origin, owner } = made;
  try {
    return `${dim(`# ${oneLine(origin.path)}`)}\n${toYaml(withoutSecrets(made))}`;
  } catch (error) {
    if (!(error instanceof NotYaml)) throw error;
    return {
      rule: 'not-printable',
      file: origin.path,
      what: oneLine(error.message),
      where: `document ${origin.index} of the file, in ${owner.id}`,
      why: 'it cannot be written as YAML again',
      fix: 'give the field a value that JSON has too',
    };
  }
}

function clusterOf({ clusters }: Repository, wanted: string): EffectiveCluster {
  const found = clusters.find(({ name }) => name === wanted) ?? clusters.find(({ root }) => root.path === normal(wanted));
  if (found) return found;
  throw unknown('cluster', wanted, 'this repository', clusters.map(({ name }) => name).sort());
}

function kustomizationOf({ name: cluster, kustomizations }: EffectiveCluster, wanted: string): FluxKustomization {
  const found = kustomizations.filter(({ id, name }) => id === wanted || name === wanted);
  const [first] = found;
  if (first && found.length === 1) return first;
  const ids = kustomizations.map(({ id }) => id).sort();
  if (!first) throw unknown('Flux Kustomization', wanted, cluster, kustomizations.map(({ name }) => name).sort());
  throw unknown(
    'Flux Kustomization',
    wanted,
    cluster,
    ids.filter((id) => found.some((one) => one.id === id)),
  );
}

function unknown(kind: string, wanted: string, where: string, names: readonly string[]): UsageError {
  const meant = nearest(wanted, names);
  const list = names.length === 0 ? 'there is none' : `name one of: ${[...new Set(names)].join(', ')}`;
  return new UsageError([
    {
      rule: 'no-such-name',
      file: 'command line',
      what: `${JSON.stringify(wanted)} names no ${kind} of ${where}`,
      where: 'strata render <cluster> [kustomization]',
      why: 'there is nothing that could be printed',
      fix: meant === undefined || names.length === 0 ? list : `did you mean ${meant}? ${list}`,
    },
  ]);
}

function notBuilt(cluster: EffectiveCluster, { id }: FluxKustomization, failure: NonNullable<FluxKustomization['failure']>): Finding {
  return {
    rule: 'not-built',
    severity: failure.kind === 'foreign' ? 'info' : 'error',
    file: failure.file,
    what: failure.what,
    where: `${cluster.name}: ${id}`,
    why: failure.kind === 'fails' ? 'Flux cannot build it either: nothing of it is applied' : 'what Flux applies of it is not known here',
    fix: failure.kind === 'fails' ? 'put it right, then render again' : 'render it with Flux itself: flux build kustomization',
  };
}
