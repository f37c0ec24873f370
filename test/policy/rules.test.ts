import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Component, FluxRepo, layout } from '../../src/flux';
import { Namespace } from '../../src/manifests';
import { check, rules } from '../../src/policy';

test.each(rules)('$name lies in a file of its name, and has a test of its own', ({ name, claim, because }) => {
  expect(existsSync(join(__dirname, '..', '..', 'src', 'policy', 'rules', `${name}.ts`))).toBe(true);
  expect(existsSync(join(__dirname, `${name}.test.ts`))).toBe(true);
  expect([claim, because].filter((text) => text.length < 10 || text.endsWith('.'))).toEqual([]);
});

test('an acceptance lets its own component break the rule, and is a finding once nothing breaks it', () => {
  const repo = new FluxRepo({ url: 'ssh://git@example.org/infra.git', branch: 'main' });
  class Ferry extends Component<'ferry'> {
    constructor() {
      super(repo, 'ferry');
      new Namespace(this, 'namespace', { podSecurity: 'restricted' });
      this.accept('no-ip-block', 'a test');
    }
  }
  const ferry = new Ferry();
  const found = check(layout(repo), new Map([[ferry.sourceFile, ferry.accepted]]));
  expect(found).toMatchInlineSnapshot(`
[
  {
    "file": "src/components/ferry.ts",
    "fix": "remove the line, or correct the name of the rule",
    "rule": "unused-acceptance",
    "what": "it accepts no-ip-block, which nothing in it breaks",
    "where": "this.accept('no-ip-block', 'a test')",
    "why": "a leftover exception would let the next mistake through",
  },
]
`);
});
