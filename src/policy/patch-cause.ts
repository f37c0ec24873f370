import type { EffectiveObject, Repository } from '../effective';
import type { PatchReport } from '../kustomize';
import { nameOf, type Violation, at as valueAt } from './rule';
import { few, type WrittenPatch, writtenPatches } from './written-patches';

/** What is said of an object; `at` is a path of keys without lists. */
interface OnObject extends Violation {
  readonly on: EffectiveObject;
}

/** Of findings that one patch has brought over several objects, one about the patch; all others as they are. */
export function* byCause(repository: Repository, violations: Iterable<OnObject>): Generator<Violation> {
  const groups = new Map<string, { readonly patch: WrittenPatch; readonly ones: OnObject[] }>();
  const places = new Map(writtenPatches(repository).map((patch, index) => [patch, index]));
  for (const violation of violations) {
    const patch = causeOf(repository, violation);
    if (!patch) {
      yield violation;
      continue;
    }
    const key = `${places.get(patch)} ${violation.at} ${violation.found}`;
    const group = groups.get(key) ?? { patch, ones: [] };
    group.ones.push(violation);
    groups.set(key, group);
  }
  for (const { patch, ones } of groups.values()) {
    const [first] = ones;
    const names = ones.map(({ on }) => nameOf(on.object));
    if (!first) continue;
    if (new Set(names).size === 1) yield* ones;
    else yield { ...first, on: patch.on, at: patch.at, found: `${first.found}; the patch sets ${first.at} of ${few(names)}` };
  }
}

const byReport = new WeakMap<Repository, ReadonlyMap<PatchReport, WrittenPatch>>();

/** The patch that gave a field the value it has; the last that changed it. */
function causeOf(repository: Repository, { on, at }: OnObject): WrittenPatch | undefined {
  const index = byReport.get(repository) ?? indexed(repository);
  byReport.set(repository, index);
  const steps = at.split('.');
  const value = valueAt(on.unsubstituted, ...steps);
  for (const report of on.owner.patches.toReversed()) {
    const before = matchedAs(on, report);
    if (before !== undefined && valueAt(before, ...steps) !== value) return index.get(report);
  }
  return undefined;
}

function indexed(repository: Repository): ReadonlyMap<PatchReport, WrittenPatch> {
  return new Map(writtenPatches(repository).flatMap((patch) => patch.reports.map((report) => [report, patch] as const)));
}

const matches = new WeakMap<PatchReport, ReadonlyMap<string, object>>();

function matchedAs({ unsubstituted, origin }: EffectiveObject, report: PatchReport): object | undefined {
  const index = matches.get(report) ?? new Map(report.matched.map((one) => [place(one.origin, one.object.kind), one.object]));
  matches.set(report, index);
  return index.get(place(origin, unsubstituted.kind));
}

/** Names and namespaces may change after the patches, where an object was written does not. */
function place({ path, index }: EffectiveObject['origin'], kind: string): string {
  return `${path} ${index} ${kind}`;
}
