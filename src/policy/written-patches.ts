import type { FluxKustomization, Repository } from '../effective';
import type { PatchReport } from '../kustomize';
import { contentOf } from './kustomization-files';
import { type FileInRepository, listAt, at as valueAt } from './rule';

/** One entry of `patches` as somebody wrote it, and what it did wherever it is built. */
export interface WrittenPatch {
  /** What a finding about it is on: the Flux Kustomization or the kustomization.yaml that holds it. */
  readonly on: FluxKustomization | FileInRepository;
  /** `spec.patches[0]` or `patches[0]`. */
  readonly at: string;
  readonly form: PatchReport['form'];
  readonly target: PatchReport['target'];
  readonly patch: string;
  /** Whether it is meant for many builds, of which some hold nothing for it: a component's, or one that a parent gives to its children. */
  readonly shared: boolean;
  /** What it did, build by build; only builds that went well. */
  readonly reports: readonly PatchReport[];
  /** Who builds it. */
  readonly owners: readonly FluxKustomization[];
}

const known = new WeakMap<Repository, readonly WrittenPatch[]>();

/** Every patch of a repository, once wherever it is written; worked out once. */
export function writtenPatches(repository: Repository): readonly WrittenPatch[] {
  const before = known.get(repository);
  if (before) return before;
  const found = new Map<string, WrittenPatch & { reports: PatchReport[]; owners: FluxKustomization[] }>();
  for (const { name, kustomizations } of repository.clusters) {
    for (const owner of kustomizations) {
      if (owner.failure) continue;
      for (const report of owner.patches) {
        const { key, ...written } = placed(repository, name, owner, report);
        const same = found.get(key);
        if (!same) found.set(key, { ...written, reports: [report], owners: [owner] });
        else {
          same.reports.push(report);
          same.owners.push(owner);
        }
      }
    }
  }
  const patches = [...found.values()];
  known.set(repository, patches);
  return patches;
}

function placed(repository: Repository, cluster: string, owner: FluxKustomization, report: PatchReport) {
  const { file, index, form, target, patch } = report;
  const written = { form, target, patch };
  if (file !== owner.origin.path) {
    const shared = contentOf(repository.files, file)['kind'] === 'Component';
    return { ...written, on: { file }, at: `patches[${index}]`, shared, key: JSON.stringify([file, index]) };
  }
  const at = `spec.patches[${index}]`;
  const giver = giverOf(owner, report);
  if (giver) return { ...written, on: owner, at, shared: true, key: JSON.stringify([cluster, giver.id, target, patch]) };
  return { ...written, on: owner, at, shared: false, key: JSON.stringify([cluster, owner.id, index]) };
}

/** The parent that gave a Flux Kustomization a patch which its own manifest does not have. Names may change after the patches. */
function giverOf({ parent, origin, object }: FluxKustomization, { patch }: PatchReport): FluxKustomization | undefined {
  const own = parent?.patches
    .flatMap(({ matched }) => matched)
    .find((one) => one.origin.path === origin.path && one.origin.index === origin.index && one.object.kind === object.kind);
  if (!own) return undefined;
  return listAt(own.object, 'spec', 'patches').some((entry) => valueAt(entry, 'patch') === patch) ? undefined : parent;
}

/** One operation of a JSON6902 patch, as far as it can be understood. */
export interface Operation {
  readonly op: string;
  /** Steps of the pointer, escapes undone. */
  readonly steps: readonly string[];
  readonly pointer: string;
}

/** Operations of a JSON6902 patch, in order; empty for another form. */
export function operationsOf({ reports: [report] }: Pick<WrittenPatch, 'reports'>): readonly Operation[] {
  return (report?.operations ?? []).flatMap(({ op, path }) =>
    typeof op === 'string' && typeof path === 'string' ? [{ op, pointer: path, steps: stepsOf(path) }] : [],
  );
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `HelmRelease redis/redis`, as a target names it; selectors in words. */
export function describe(target: PatchReport['target']): string {
  const { group, version, kind, name, namespace, labelSelector, annotationSelector } = target ?? {};
  const where = [namespace, name].filter((part) => part !== undefined).join('/');
  const said = [kind ?? (where === '' ? undefined : 'any kind'), where === '' ? undefined : where]
    .concat(group === undefined ? undefined : `of ${group}`, version === undefined ? undefined : `in ${version}`)
    .concat(labelSelector === undefined ? undefined : `with labels ${labelSelector}`)
    .concat(annotationSelector === undefined ? undefined : `with annotations ${annotationSelector}`);
  return said.filter((part) => part !== undefined).join(' ') || 'everything';
}

/** Two names, and how many more. */
export function few(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  return distinct.length <= 3 ? distinct.join(', ') : `${distinct.slice(0, 2).join(', ')} and ${distinct.length - 2} more`;
}
