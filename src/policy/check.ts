import type { Acceptance, Draft, Finding, PatchedObject, Tree } from '../flux';
import { type EmittedManifest, manifestsFrom, manifestsOf, type Rule, toFinding } from './rule';
import * as known from './rules';

/** Every rule, by name. */
export const rules: readonly Rule[] = Object.values(known);

/** What authors accept, by source file: `src/components/monitoring.ts`. */
export type Acceptances = ReadonlyMap<string, readonly Acceptance[]>;

/**
 * All rules over all manifests, and over what each cluster's patches make of them. What is wrong with an object before it is patched is
 * said once. An acceptance that nothing needs any more is a finding too.
 */
export function check({ tree, patched }: Pick<Draft, 'tree' | 'patched'>, accepted: Acceptances): readonly Finding[] {
  const manifests = manifestsOf(tree);
  const changed = manifestsFrom(patched.flatMap((one) => asManifest(one, tree)));
  const used = new Set<Acceptance>();
  const findings: Finding[] = [];
  for (const rule of rules) {
    const known = new Set<string>();
    for (const violation of [...rule.check(manifests), ...rule.check(changed)]) {
      const { manifest, at } = violation;
      const place = `${manifest.path} ${at}`;
      if (manifest.cluster === undefined) known.add(place);
      else if (known.has(place)) continue;
      const acceptance = accepted.get(manifest.file.source)?.find((one) => one.rule === rule.name);
      if (acceptance) used.add(acceptance);
      else findings.push(toFinding(rule, violation));
    }
  }
  const unused = [...accepted].flatMap(([source, ones]) =>
    ones.filter((one) => !used.has(one)).map((one) => unusedAcceptance(source, one)),
  );
  return [...findings, ...unused];
}

function asManifest({ deployed, emitted, object }: PatchedObject, tree: Tree): readonly EmittedManifest[] {
  const file = tree.get(emitted.path);
  return file ? [{ path: emitted.path, file, object, cluster: deployed.cluster.name }] : [];
}

function unusedAcceptance(source: string, { rule, because }: Acceptance): Finding {
  return {
    rule: 'unused-acceptance',
    file: source,
    what: `it accepts ${rule}, which nothing in it breaks`,
    where: `this.accept('${rule}', '${because}')`,
    why: 'a leftover exception would let the next mistake through',
    fix: 'remove the line, or correct the name of the rule',
  };
}
