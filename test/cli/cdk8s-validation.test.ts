import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cdk8sValidation, type ValidationContext, type ValidationProperties } from '../../src/cli/cdk8s-validation';
import type { Engine } from '../../src/cli/engine';
import { inspect } from '../../src/effective';
import { type Finding, layout, texts } from '../../src/flux';
import { filesFrom } from '../../src/kustomize';
import { office, sketch } from '../support/ferry';

/** The real report of cdk8s-cli; its package exports no types of it. */
interface Cdk8sContext extends ValidationContext {
  readonly report: ValidationContext['report'] & {
    readonly success: boolean;
    toJson(): { readonly violations: unknown };
    toString(): string;
  };
}
const cli = join(__dirname, '..', '..', 'node_modules', 'cdk8s-cli', 'lib', 'plugins', 'validation.js');
const {
  ValidationContext: Context,
}: { ValidationContext: new (manifests: readonly string[], pkg: string, version: string) => Cdk8sContext } = require(cli);

const made = sketch();
office(made);
const tree = texts(layout(made.repo));

let base: string;
beforeAll(() => {
  base = fs.mkdtempSync(join(tmpdir(), 'strata-validation-'));
  for (const [path, text] of tree) {
    fs.mkdirSync(dirname(join(base, path)), { recursive: true });
    fs.writeFileSync(join(base, path), text);
  }
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

function finding(more: Partial<Finding>): Finding {
  const where = 'ConfigMap ferry/settings, data.level';
  return { rule: 'no-level', file: 'namespaces/ferry/settings.yaml', what: 'a level', where, why: 'noise', fix: 'remove it', ...more };
}

async function validated(findings: readonly Finding[], properties?: ValidationProperties): Promise<Cdk8sContext['report']> {
  const engine: Engine = {
    rules: [],
    own: () => ({ repository: inspect(filesFrom(tree)), findings }),
    inspect: (files) => inspect(files),
    examine: (repository) => ({ repository, findings }),
  };
  const context = new Context(
    [...tree.keys()].filter((path) => path.endsWith('.yaml')).map((path) => `${base}/${path}`),
    'strata',
    '0.1.0',
  );
  const Validation = cdk8sValidation(() => engine);
  await new Validation(properties).validate(context);
  return context.report;
}

test('what `cdk8s synth` wrote is checked where it lies, and findings become violations', async () => {
  const report = await validated([
    finding({ line: 7 }),
    finding({ file: 'namespaces/network/config-map.yaml' }),
    finding({ rule: 'other', where: 'x' }),
  ]);
  expect(report.success).toBe(false);
  expect(JSON.parse(JSON.stringify(report.toJson().violations).replaceAll(base, '…'))).toMatchInlineSnapshot(`
[
  {
    "fix": "remove it",
    "recommendation": "noise",
    "ruleName": "other",
    "violatingConstructs": [
      {
        "locations": [
          "a level",
        ],
        "manifestPath": "…/namespaces/ferry/settings.yaml",
        "resourceName": "x",
      },
    ],
  },
  {
    "fix": "remove it",
    "recommendation": "noise",
    "ruleName": "no-level",
    "violatingConstructs": [
      {
        "locations": [
          "data.level, line 7: a level",
        ],
        "manifestPath": "…/namespaces/ferry/settings.yaml",
        "resourceName": "ConfigMap ferry/settings",
      },
      {
        "locations": [
          "data.level: a level",
        ],
        "manifestPath": "…/namespaces/network/config-map.yaml",
        "resourceName": "ConfigMap ferry/settings",
      },
    ],
  },
]
`);
  expect(report.toString()).toContain('no-level (2 occurrences)');
});

test('nothing wrong, or only warnings, is a success, but for who is strict', async () => {
  expect((await validated([])).success).toBe(true);
  expect((await validated([finding({ severity: 'warning' })])).success).toBe(true);
  expect((await validated([finding({ severity: 'warning' })], { strict: true })).success).toBe(false);
  expect((await validated([finding({ severity: 'info' })], { strict: true })).success).toBe(true);
});

test('the root may be named', async () => {
  const report = await validated([], { root: base });
  expect(report.success).toBe(true);
  await expect(validated([], { root: join(base, 'nowhere') })).rejects.toThrow('there is no such folder');
});
