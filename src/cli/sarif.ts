import { createHash } from 'node:crypto';
import { type Finding, type Severity, severityOf } from '../flux/finding';
import type { Checked, NotChecked, RuleFacts } from './checked';

/*
 * SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), as far as code hosts read it. What a field
 * means stands in the standard; where a host asks for more, it is said here.
 */

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/** The findings as a SARIF log. `rules` are all rules there are; a finding of none of them still comes out. */
export function sarif(checked: Checked, rules: readonly RuleFacts[]): string {
  const known = new Map(rules.map((rule) => [rule.name, rule]));
  for (const finding of checked.findings) if (!known.has(finding.rule)) known.set(finding.rule, factsOf(finding));
  const listed = [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const places = new Map(listed.map(({ name }, index) => [name, index]));
  const seen = new Map<string, number>();
  const run = {
    tool: { driver: { name: 'strata', rules: listed.map(descriptor) } },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: checked.notChecked.map(notification) }],
    results: checked.findings.map((finding) => result(finding, places.get(finding.rule) ?? -1, seen)),
  };
  return JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] });
}

/** Of a finding that is no rule's: an acceptance, a mistake in code. */
function factsOf(finding: Finding): RuleFacts {
  const { rule, why, fix } = finding;
  return { name: rule, claim: rule.replaceAll('-', ' '), because: why, fix, severity: severityOf(finding) };
}

function descriptor({ name, claim, because, fix, severity }: RuleFacts): object {
  return {
    id: name,
    shortDescription: { text: claim },
    fullDescription: { text: because },
    help: { text: fix },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function result(finding: Finding, ruleIndex: number, seen: Map<string, number>): object {
  const { rule, file, line, kustomization, what, where, why, fix } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severityOf(finding)],
    message: { text: `${what}\nwhere: ${where}\nwhy: ${why}\nfix: ${fix}` },
    locations: [
      {
        // GitHub shows no result without a line.
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line ?? 1 } },
        ...(kustomization !== undefined && { logicalLocations: [{ fullyQualifiedName: kustomization, kind: 'resource' }] }),
      },
    ],
    partialFingerprints: { 'strata/v1': fingerprint(finding, seen) },
  };
}

/** The same for the same finding wherever its line has moved to; equal ones are counted. Hosts know by it what is new. */
function fingerprint({ rule, file, kustomization = '', where, what }: Finding, seen: Map<string, number>): string {
  const key = JSON.stringify([rule, file, kustomization, where, what]);
  const before = seen.get(key) ?? 0;
  seen.set(key, before + 1);
  return createHash('sha256').update(`${key} ${before}`).digest('hex').slice(0, 32);
}

/** Relative to the root of the repository; what a URI cannot hold is escaped. */
function uriOf(file: string): string {
  // Half a UTF-16 pair becomes U+FFFD on the way: encodeURI would throw.
  const escaped = encodeURI(Buffer.from(file).toString()).replace(/[?#]/g, encodeURIComponent);
  return /^[^/]*:/.test(escaped) ? `./${escaped}` : escaped; // a colon in the first step would make it a scheme
}

function notification({ name, file, why, objects }: NotChecked): object {
  const of = objects === undefined ? '' : ` (${objects} objects)`;
  return {
    level: 'note',
    message: { text: `not checked: ${[name, file].filter((part) => part !== undefined).join(', ')}${of}: ${why}` },
    ...(file !== undefined && { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }] }),
  };
}
