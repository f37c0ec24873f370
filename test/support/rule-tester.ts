import { parse } from 'yaml';
import { say } from '../../src/flux';
import { type Manifests, manifestsFrom, type Rule, toFinding } from '../../src/policy/rule';

/** YAML text in a test, its common indentation taken away. */
export function yaml(parts: TemplateStringsArray): string {
  return dedent(parts.join(''));
}

export interface RuleCases {
  /** What the rule lets pass, by what it is. */
  readonly allowed: Readonly<Record<string, string>>;
  /** What it refuses, with the message an author reads. */
  readonly refused: Readonly<Record<string, readonly [text: string, message: string]>>;
}

/** Holds a rule against manifests it allows and manifests it refuses. A document is named by a comment on its first line: `# path`. */
export function testRule(rule: Rule, { allowed, refused }: RuleCases): void {
  describe(rule.name, () => {
    test.each(Object.entries(allowed))('allowed: %s', (_, text) => {
      expect(messages(rule, text)).toBe('');
    });
    test.each(Object.entries(refused))('refused: %s', (_, [text, message]) => {
      expect(messages(rule, text)).toBe(dedent(message));
    });
  });
}

function messages(rule: Rule, text: string): string {
  return [...rule.check(manifests(text))].map((violation) => say(toFinding(rule, violation))).join('\n');
}

function manifests(text: string): Manifests {
  const all = text.split(/^---$/m).map((part, index) => {
    const object = parse(part);
    const path = /^# (.*\.yaml)$/m.exec(part)?.[1] ?? `${index}.yaml`;
    return { path, object, file: { text: part, objects: [object], source: 'src/components/ferry.ts' } };
  });
  return manifestsFrom(all);
}

function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trimEnd();
}
