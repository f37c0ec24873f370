import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const REPOSITORY = join(__dirname, '..');

/** What the cruiser says about an import: `src/flux/planted.ts -> src/manifests/index.ts: flux-stays-in-its-room`. */
type Verdict = string;

/** The rooms as they are, in one file each, so that what is planted has something to import. */
const ROOMS: readonly string[] = [
  'imports/cert-manager.ts',
  'imports/charts/ferry.ts',
  'imports/helm.toolkit.fluxcd.io.ts',
  'scripts/import/main.ts',
  'src/charts/index.ts',
  'src/cli/synth.ts',
  'src/clusters/local-kube.ts',
  'src/components/ferry.ts',
  'src/components/index.ts',
  'src/components/postgre.ts',
  'src/effective/index.ts',
  'src/flux/index.ts',
  'src/graph/index.ts',
  'src/kustomize/index.ts',
  'src/main.ts',
  'src/manifests/index.ts',
  'src/policy/index.ts',
  'src/policy/rules/one.ts',
  'src/schema/index.ts',
  'src/variables.ts',
  'test/support/emit.ts',
];

/** Each planted file makes one import; `refused` names the rule that must catch it, and nothing else may. */
const PLANTED: readonly { readonly file: string; readonly line: string; readonly refused?: string }[] = [
  // flux
  { file: 'src/flux/a.ts', line: "import { x } from '../manifests/index';", refused: 'flux-stays-in-its-room' },
  { file: 'src/flux/b.ts', line: "import type { x } from '../policy/index';", refused: 'flux-stays-in-its-room' },
  { file: 'src/flux/c.ts', line: "import type { x } from '../../imports/cert-manager';", refused: 'flux-stays-in-its-room' },
  { file: 'src/flux/d.ts', line: "import type { x } from '../../imports/helm.toolkit.fluxcd.io';" },
  { file: 'src/flux/e.ts', line: "import { x } from '../variables';" },
  // manifests
  { file: 'src/manifests/a.ts', line: "import { x } from '../components/ferry';", refused: 'manifests-stays-in-its-room' },
  { file: 'src/manifests/b.ts', line: "import { x } from '../../imports/cert-manager';" },
  { file: 'src/manifests/c.ts', line: "import { x } from '../flux/index';" },
  // components
  { file: 'src/components/a.ts', line: "import { x } from '../graph/index';", refused: 'components-stays-in-its-room' },
  { file: 'src/components/b.ts', line: "import { x } from '../../imports/cert-manager';", refused: 'components-stays-in-its-room' },
  { file: 'src/components/c.ts', line: "import { x } from './postgre';", refused: 'siblings-by-type-only' },
  { file: 'src/components/d.ts', line: "import type { x } from './postgre';" },
  {
    file: 'src/components/e.ts',
    line: "import type { y } from './postgre';\nimport { x } from './postgre';",
    refused: 'siblings-by-type-only',
  },
  { file: 'src/components/f.ts', line: "import { x } from '../../imports/charts/ferry';", refused: 'chart-values-by-type-only' },
  { file: 'src/components/g.ts', line: "import type { x } from '../../imports/charts/ferry';" },
  { file: 'src/components/h.ts', line: "import { x } from '../manifests/index';\nimport { y } from '../variables';" },
  // manifests
  {
    file: 'src/manifests/z.ts',
    line: "import { x } from '../../imports/helm.toolkit.fluxcd.io';",
    refused: 'flux-classes-by-type-only',
  },
  { file: 'src/manifests/y.ts', line: "import type { x } from '../../imports/helm.toolkit.fluxcd.io';" },
  // clusters
  { file: 'src/clusters/a.ts', line: "import { x } from '../manifests/index';", refused: 'clusters-stays-in-its-room' },
  { file: 'src/clusters/b.ts', line: "import { x } from '../components/index';", refused: 'clusters-know-components-by-type-only' },
  { file: 'src/clusters/c.ts', line: "import type { x } from '../components/index';\nimport { y } from '../flux/index';" },
  { file: 'src/clusters/d.ts', line: "export { x } from '../components/index';", refused: 'clusters-know-components-by-type-only' },
  // graph, policy
  { file: 'src/graph/a.ts', line: "import { x } from '../policy/index';", refused: 'graph-stays-in-its-room' },
  { file: 'src/graph/b.ts', line: "import { x } from '../flux/index';" },
  { file: 'src/policy/rules/a.ts', line: "import type { x } from '../../components/ferry';", refused: 'policy-stays-in-its-room' },
  { file: 'src/policy/rules/b.ts', line: "import { x } from '../../manifests/index';", refused: 'policy-stays-in-its-room' },
  { file: 'src/policy/rules/c.ts', line: "import { x } from '../../graph/index';\nimport { y } from '../index';" },
  { file: 'src/policy/rules/d.ts', line: "import { x } from '../../effective/index';\nimport { y } from '../../schema/index';" },
  { file: 'src/policy/rules/e.ts', line: "import { x } from '../../charts/index';\nimport { y } from '../../kustomize/index';" },
  // kustomize, effective, schema, charts
  { file: 'src/kustomize/a.ts', line: "import { x } from '../effective/index';", refused: 'kustomize-stays-in-its-room' },
  { file: 'src/kustomize/b.ts', line: "import type { x } from '../flux/index';" },
  { file: 'src/effective/a.ts', line: "import type { x } from '../policy/index';", refused: 'effective-stays-in-its-room' },
  { file: 'src/effective/b.ts', line: "import { x } from '../charts/index';", refused: 'effective-stays-in-its-room' },
  { file: 'src/effective/c.ts', line: "import { x } from '../kustomize/index';" },
  { file: 'src/schema/a.ts', line: "import { x } from '../effective/index';", refused: 'schema-stays-in-its-room' },
  { file: 'src/schema/b.ts', line: "import { x } from '../../imports/cert-manager';" },
  { file: 'src/charts/a.ts', line: "import { x } from '../effective/index';", refused: 'charts-stays-in-its-room' },
  { file: 'src/charts/b.ts', line: "import type { x } from '../../imports/charts/ferry';" },
  // cli, main, variables, imports, scripts
  { file: 'src/cli/a.ts', line: "import { x } from '../../test/support/emit';", refused: 'cli-stays-in-its-room' },
  { file: 'src/cli/b.ts', line: "import { x } from '../main';", refused: 'main-is-the-door' },
  { file: 'src/cli/c.ts', line: "import { x } from 'node:fs';\nimport { y } from '../components/index';" },
  { file: 'src/other/a.ts', line: "import { x } from '../flux/index';", refused: 'every-room-has-walls' },
  { file: 'src/variables.ts', line: "import { x } from './flux/index';", refused: 'variables-import-nothing' },
  { file: 'src/main.ts', line: "import { x } from '../scripts/import/main';", refused: 'scripts-and-tests-stay-outside' },
  { file: 'imports/a.ts', line: "import { x } from '../src/flux/index';", refused: 'imports-are-leaves' },
  { file: 'scripts/a.ts', line: "import { x } from '../test/support/emit';", refused: 'scripts-know-no-tests' },
  { file: 'scripts/b.ts', line: "import { x } from '../src/flux/index';\nimport { y } from '../imports/cert-manager';" },
  { file: 'test/a.ts', line: "import { x } from '../scripts/import/main';\nimport { y } from 'node:fs';" },
  // the machine
  ...['node:fs', 'fs/promises', 'node:process', 'node:child_process', 'node:os', 'node:https'].map((module, index) => ({
    file: `src/flux/machine-${index}.ts`,
    line: `import { x } from '${module}';`,
    refused: 'only-the-command-line-touches-the-machine',
  })),
  { file: 'src/kustomize/hash.ts', line: "import { x } from 'node:crypto';", refused: 'only-the-command-line-touches-the-machine' },
  { file: 'src/kustomize/content-hash.ts', line: "import { createHash } from 'node:crypto';" },
  { file: 'src/graph/machine.ts', line: "const x = require('fs');", refused: 'only-the-command-line-touches-the-machine' },
  {
    file: 'src/components/machine.ts',
    line: "export const x = () => import('node:fs');",
    refused: 'only-the-command-line-touches-the-machine',
  },
  { file: 'src/flux/harmless.ts', line: "import { posix } from 'node:path';\nimport { Buffer } from 'node:buffer';" },
];

/** Two files that import each other: refused at run time, allowed where one way is a type. */
const CIRCLES: Readonly<Record<string, string>> = {
  'src/graph/round.ts': "import { y } from './trip';",
  'src/graph/trip.ts': "import { x } from './round';",
  'src/graph/there.ts': "import { y } from './back';",
  'src/graph/back.ts': "import type { x } from './there';",
};

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string; readonly comment?: string }[] };
  };
}

describe('the walls between the rooms', () => {
  const root = mkdtempSync(join(tmpdir(), 'strata-walls-'));
  let found: readonly Verdict[];
  let cruise: Cruise;

  beforeAll(() => {
    const tree = new Map(ROOMS.map((file) => [file, '']));
    for (const { file, line } of PLANTED) tree.set(file, line);
    for (const [file, text] of Object.entries(CIRCLES)) tree.set(file, text);
    for (const [file, text] of tree) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${text}\nexport const here = 1;\n`);
    }
    const cruiser = join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = join(REPOSITORY, '.dependency-cruiser.cjs');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [cruiser, 'src', 'test', 'scripts', 'imports', '--config', config, '--output-type', 'json'],
      { cwd: root, encoding: 'utf8' },
    );
    if (stdout === '') throw new Error(stderr);
    cruise = JSON.parse(stdout) as Cruise;
    found = cruise.summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
  }, 60_000);

  afterAll(() => rmSync(root, { recursive: true }));

  test.each(PLANTED.filter(({ refused }) => refused !== undefined))('$refused refuses $line in $file', ({ file, refused }) => {
    expect(found.filter((verdict) => verdict.startsWith(`${file}: `))).toEqual([`${file}: ${refused}`]);
  });

  test.each(PLANTED.filter(({ refused }) => refused === undefined))('nothing refuses $line in $file', ({ file }) => {
    expect(found.filter((verdict) => verdict.startsWith(`${file}: `))).toEqual([]);
  });

  test('no-circular refuses a circle at run time, and lets one pass that a type closes', () => {
    const circles = found.filter((verdict) => verdict.endsWith(': no-circular'));
    expect(circles).toEqual(['src/graph/round.ts: no-circular']);
  });

  test('each rule is planted once and says what to do instead', () => {
    const rules = cruise.summary.ruleSetUsed.forbidden;
    const planted = new Set([...PLANTED.map(({ refused }) => refused), 'no-circular']);
    expect(rules.filter(({ name }) => !planted.has(name))).toEqual([]);
    expect(rules.filter(({ comment }) => comment === undefined)).toEqual([]);
  });
});
