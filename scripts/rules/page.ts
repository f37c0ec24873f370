import type { Rule } from '../../src/policy';
import { ELSEWHERE } from './elsewhere';

const SEVERITIES = {
  error: 'It cannot work, or loses data. `synth` writes nothing, `check` ends with 1.',
  warning: 'It works by luck, or does harm later. `synth` writes and says so; with `--strict` it counts as an error.',
  info: 'Style or speed, or what could not be checked. Shown with `--info`.',
} as const;

/** `docs/rules.md`: every rule, from the rules themselves. */
export function rulesPage(rules: readonly Rule[]): string {
  const sorted = [...rules].sort((a, b) => (a.name < b.name ? -1 : 1));
  return `# Rules

Made by \`npm run rules\` from \`src/policy/rules/\`; a test holds the two together. Each rule reads what a cluster would get: manifests
after kustomize, patches and substitution. What cannot be known from the files, a chart's own templates or an encrypted value, is not
guessed.

A reason makes an exception: in code \`this.accept('rule', 'because …', '2027-01-31')\` on a component, \`cluster.accept\` or \`repo.accept\`;
in a tree of your own an annotation on the object or its Flux Kustomization, \`accept.strata/<rule>: "until 2027-01-31: because …"\`. One
that nothing needs, or whose day has passed, is a finding.

${(['error', 'warning', 'info'] as const).map((severity) => table(severity, sorted)).join('\n\n')}

## What no rule decides

| list | what | why |
| --- | --- | --- |
${ELSEWHERE.map(({ id, what, why }) => `| ${id} | ${what} | ${why} |`).join('\n')}

${sorted.map(section).join('\n\n')}
`;
}

function table(severity: keyof typeof SEVERITIES, rules: readonly Rule[]): string {
  const rows = rules
    .filter((rule) => rule.severity === severity)
    .map(({ name, ids, claim }) => `| [${name}](#${name}) | ${ids.join(' ')} | ${claim} |`);
  const title = `## ${severity[0]?.toUpperCase()}${severity.slice(1)}s`;
  return `${title}\n\n${SEVERITIES[severity]}\n\n| rule | list | what holds |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

function section({ name, claim, because, evidence, fix, severity, ids }: Rule): string {
  return `### ${name}

${claim}.

- severity: ${severity}${ids.length > 0 ? `; ${ids.join(', ')}` : ''}
- why: ${because}
- evidence: ${evidence}
- fix: ${fix}`;
}
