import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createColors } from 'picocolors';
import { check, performCheck } from '../../src/cli/check';
import type { CheckOptions } from '../../src/cli/check-options';
import type { Engine } from '../../src/cli/engine';
import { run } from '../../src/cli/run';
import { type EffectiveObject, inspect } from '../../src/effective';
import { type Finding, layout, Refused, type Severity, texts } from '../../src/flux';
import { filesFrom } from '../../src/kustomize';
import { office, sketch } from '../support/ferry';
import { type Ran, recorded } from '../support/streams';

/*
 * The command over a real tree and the real reader of it; the rules are made up here, since which there are is no matter of the command.
 */
const made = sketch();
office(made);
office(made, 'harbour');
const tree = texts(layout(made.repo));

let base: string;
let folder: string;

beforeAll(() => {
  base = fs.mkdtempSync(join(tmpdir(), 'strata-check-'));
  folder = join(base, 'repository');
  for (const [path, text] of tree) {
    fs.mkdirSync(dirname(join(folder, path)), { recursive: true });
    fs.writeFileSync(join(folder, path), text);
  }
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

function about({ object, origin, owner }: EffectiveObject, cluster: string, rule: string, severity: Severity): Finding {
  const { name } = { name: '', ...object.metadata };
  return {
    rule,
    severity,
    file: origin.path,
    kustomization: `${cluster}: ${owner.id}`,
    what: `it is a ${object.kind}`,
    where: `${object.kind} ${name}`,
    why: 'nobody likes it',
    fix: 'remove it',
  };
}

/** Each of these rules dislikes one kind. */
const DISLIKES = {
  'no-config-map': ['ConfigMap', 'error'],
  'no-namespace': ['Namespace', 'warning'],
  'no-policy': ['CiliumNetworkPolicy', 'info'],
} as const;

function engine(more: Partial<Engine> = {}): Engine {
  const rules = Object.entries(DISLIKES).map(([name, [kind, severity]]) => ({
    name,
    severity,
    claim: `there is no ${kind}`,
    because: 'nobody likes it',
    fix: 'remove it',
  }));
  const examine: Engine['examine'] = (repository, names) => ({
    repository,
    findings: Object.entries(DISLIKES)
      .filter(([name]) => names?.includes(name) ?? true)
      .flatMap(([name, [kind, severity]]) =>
        repository.clusters.flatMap((cluster) =>
          cluster.kustomizations.flatMap(({ objects }) =>
            objects.filter(({ object }) => object.kind === kind).map((object) => about(object, cluster.name, name, severity)),
          ),
        ),
      ),
  });
  return {
    rules,
    own: () => examine(inspect(filesFrom(tree))),
    inspect: (files, cluster) => inspect(files, { ...(cluster !== undefined && { cluster }) }),
    examine,
    ...more,
  };
}

function ran(options: CheckOptions, one = engine()): Ran {
  return recorded((streams) => performCheck(one, options, streams, createColors(false)));
}

const rulesOf = (options: CheckOptions, one = engine()) => [...new Set(check(one, options).findings.map(({ rule }) => rule))].sort();

test('a folder and the tree in memory give the same report', () => {
  const report = ran({ folder });
  expect(report.out).toMatchInlineSnapshot(`
"── harbour: flux-system/cluster-secrets

clusters/harbour/secrets/namespaces.yaml: no-namespace (warning)
  what   it is a Namespace
  where  Namespace ferry
  why    nobody likes it
  fix    remove it

── harbour: flux-system/ferry

namespaces/ferry/namespace.yaml: no-namespace (warning)
  what   it is a Namespace
  where  Namespace ferry
  why    nobody likes it
  fix    remove it

namespaces/ferry/settings.yaml: no-config-map
  what   it is a ConfigMap
  where  ConfigMap settings
  why    nobody likes it
  fix    remove it

── harbour: flux-system/flux-system

clusters/harbour/cluster-config.yaml: no-config-map
  what   it is a ConfigMap
  where  ConfigMap cluster-config
  why    nobody likes it
  fix    remove it

── harbour: flux-system/network

namespaces/network/config-map.yaml: no-config-map
  what   it is a ConfigMap
  where  ConfigMap network
  why    nobody likes it
  fix    remove it

── office: flux-system/cluster-secrets

clusters/office/secrets/namespaces.yaml: no-namespace (warning)
  what   it is a Namespace
  where  Namespace ferry
  why    nobody likes it
  fix    remove it

── office: flux-system/ferry

namespaces/ferry/namespace.yaml: no-namespace (warning)
  what   it is a Namespace
  where  Namespace ferry
  why    nobody likes it
  fix    remove it

namespaces/ferry/settings.yaml: no-config-map
  what   it is a ConfigMap
  where  ConfigMap settings
  why    nobody likes it
  fix    remove it

── office: flux-system/flux-system

clusters/office/cluster-config.yaml: no-config-map
  what   it is a ConfigMap
  where  ConfigMap cluster-config
  why    nobody likes it
  fix    remove it

── office: flux-system/network

namespaces/network/config-map.yaml: no-config-map
  what   it is a ConfigMap
  where  ConfigMap network
  why    nobody likes it
  fix    remove it

2 clusters, 8 Flux Kustomizations, 22 objects
6 errors, 4 warnings, 2 infos (--info shows them)
"
`);
  expect(ran({})).toEqual(report);
});

test('infos are shown to who asks, and rules are chosen by name', () => {
  expect(rulesOf({ folder })).toEqual(['no-config-map', 'no-namespace']);
  expect(rulesOf({ folder, info: true })).toEqual(['no-config-map', 'no-namespace', 'no-policy']);
  for (const tree of [{ folder }, {}]) {
    expect(rulesOf({ ...tree, rule: ['no-namespace', 'no-policy'], info: true })).toEqual(['no-namespace', 'no-policy']);
    expect(rulesOf({ ...tree, skip: ['no-config-map'], info: true })).toEqual(['no-namespace', 'no-policy']);
    expect(rulesOf({ ...tree, rule: ['no-namespace', 'no-policy'], skip: ['no-policy'], info: true })).toEqual(['no-namespace']);
  }
});

test('one cluster alone', () => {
  for (const tree of [{ folder }, {}]) {
    const { findings, clusters } = check(engine(), { ...tree, cluster: './clusters/harbour/', info: true });
    expect(clusters.map(({ name }) => name)).toEqual(['harbour']);
    expect([...new Set(findings.map(({ kustomization }) => kustomization?.split(':')[0]))]).toEqual(['harbour']);
  }
});

test('of one cluster alone nobody knows whether an acceptance is needed', () => {
  const unused: Finding = { rule: 'unused-acceptance', file: 'a.yaml', what: '', where: '', why: '', fix: '' };
  const one = engine({ examine: (repository) => ({ repository, findings: [unused] }) });
  expect(rulesOf({ folder }, one)).toEqual(['unused-acceptance']);
  expect(rulesOf({ folder, cluster: 'clusters/office' }, one)).toEqual([]);
});

test.each<[CheckOptions, number]>([
  [{}, 1],
  [{ skip: ['no-config-map'] }, 0],
  [{ skip: ['no-config-map'], strict: true }, 1],
  [{ rule: ['no-policy'] }, 0],
  [{ rule: ['no-policy'], strict: true, info: true }, 0],
  [{ rule: ['no-polcy'] }, 2],
  [{ cluster: 'clusters/ofice' }, 2],
])('%j ends with %i', (options, code) => {
  for (const tree of [{ folder }, {}])
    for (const format of ['text', 'json', 'sarif'] as const) expect(ran({ ...tree, ...options, format }).code).toBe(code);
});

test('what makes no sense is said in four lines, with what was probably meant', () => {
  const said = [{ rule: ['no-polcy'] }, { folder, cluster: 'clusters/ofice' }, { folder: join(folder, 'nowhere') }].map((options) =>
    ran(options),
  );
  expect(said.map(({ err }) => err.replaceAll(base, '…')).join('\n')).toMatchInlineSnapshot(`
"command line: no-such-rule
  what   there is no rule "no-polcy"
  where  --rule or --skip
  why    a misspelt rule would be left out, or held, without a word
  fix    did you mean no-policy?

command line: no-such-cluster
  what   no cluster is synced from "clusters/ofice"
  where  --cluster
  why    there is nothing that could be checked
  fix    did you mean clusters/office? name one of: clusters/harbour, clusters/office

…/repository/nowhere: unreadable-folder
  what   there is no such folder
  where  the folder to check
  why    there is nothing that could be checked
  fix    name the root of a Flux repository
"
`);
  expect(said.map(({ code, out }) => [code, out])).toEqual(Array(3).fill([2, '']));
});

test('a folder that no cluster is synced from is no clean repository', () => {
  fs.mkdirSync(join(base, 'empty'), { recursive: true });
  const { code, out } = ran({ folder: join(base, 'empty') });
  expect(code).toBe(1);
  expect(out).toMatchInlineSnapshot(`
"── in no Flux Kustomization

.: nothing-to-check
  what   no Flux entry point was found
  where  the whole repository
  why    not one object was checked, which is not the same as one without a mistake
  fix    name the root of a Flux repository: one that holds the Flux Kustomization, or the FluxInstance, which a cluster is synced by

0 clusters, 0 Flux Kustomizations, 0 objects
1 error, 0 warnings, 0 infos
"
`);
});

test('links are said among what was not checked', () => {
  const linked = join(base, 'linked');
  fs.cpSync(folder, linked, { recursive: true });
  fs.symlinkSync('namespace.yaml', join(linked, 'namespaces', 'ferry', 'link.yaml'));
  expect(check(engine(), { folder: linked }).notChecked).toContainEqual({
    file: 'namespaces/ferry/link.yaml',
    why: 'it is a symbolic link, and Flux leaves those out of what it fetches',
  });
});

test('a program that a constructor refuses is reported like any other', () => {
  const refused = new Refused([{ rule: 'invalid-name', file: 'src/components/ferry.ts', what: 'a', where: 'b', why: 'c', fix: 'd' }]);
  const one = engine({
    own: () => {
      throw refused;
    },
  });
  const { code, out } = ran({ format: 'json' }, one);
  expect([code, JSON.parse(out).findings[0].rule]).toEqual([1, 'invalid-name']);
});

test('a mistake of our own is four lines too, without a stack trace or a path of the machine', () => {
  const one = engine({
    examine: () => {
      throw new TypeError('x is not\na function');
    },
  });
  const { code, out, err } = ran({ folder }, one);
  expect([code, out]).toEqual([3, '']);
  expect(err.split('\n')).toHaveLength(6);
  expect(err).toContain('TypeError: x is not\\na function');
  expect(err).not.toContain(process.cwd());
});

describe('the command line', () => {
  function line(...args: readonly string[]): Ran {
    const make = () => {
      throw new Error('nothing is made');
    };
    return recorded((streams) => run(args, make, { home: base }, streams, engine));
  }

  test('options come through', () => {
    expect(
      line('check', folder, '--format', 'json', '--info', '--rule', 'no-policy', '--rule', 'no-namespace', '--skip', 'no-policy'),
    ).toEqual(ran({ folder, format: 'json', info: true, rule: ['no-policy', 'no-namespace'], skip: ['no-policy'] }));
    expect(line('check', '--cluster', 'clusters/office', '--strict', '--skip', 'no-config-map').code).toBe(1);
    expect(line('check')).toEqual(ran({}));
  });

  test.each([[['check', '--format', 'xml']], [['check', 'a', 'b']], [['check', '--cluster']], [['chek']], [['render']]])(
    '%j makes no sense',
    (args) => {
      expect(line(...args)).toMatchObject({ code: 2, out: '' });
    },
  );

  test('help names the exit codes', () => {
    expect(line('check', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes: 0') });
  });
});
