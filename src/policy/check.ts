import type { Acceptance, Finding, Tree } from '../flux';
import { manifestsOf, type Rule, toFinding } from './rule';
import * as known from './rules';

/** Every rule, by name. */
export const rules: readonly Rule[] = Object.values(known);

/** What authors accept, by source file: `src/components/monitoring.ts`. */
export type Acceptances = ReadonlyMap<string, readonly Acceptance[]>;

/** All rules over all manifests. An acceptance that nothing needs any more is a finding too. */
export function check(tree: Tree, accepted: Acceptances): readonly Finding[] {
  const manifests = manifestsOf(tree);
  const used = new Set<Acceptance>();
  const findings: Finding[] = [];
  for (const rule of rules) {
    for (const violation of rule.check(manifests)) {
      const acceptance = accepted.get(violation.manifest.file.source)?.find((one) => one.rule === rule.name);
      if (acceptance) used.add(acceptance);
      else findings.push(toFinding(rule, violation));
    }
  }
  const unused = [...accepted].flatMap(([source, ones]) =>
    ones.filter((one) => !used.has(one)).map((one) => unusedAcceptance(source, one)),
  );
  return [...findings, ...unused];
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
