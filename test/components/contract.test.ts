import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { parse } from 'yaml';
import { kinds } from '../../imports/kinds';
import { Cluster, Component, componentFiles, layout, Manifest } from '../../src/flux';
import { platform } from '../../src/platform';

/* What every component owes, whatever it is. */

const repo = platform();
const tree = layout(repo);
const components = repo.components.node.children.filter((child) => child instanceof Component);
const clusters = repo.clusters.node.children.filter((child) => child instanceof Cluster);
const emitted = components.flatMap((component) => componentFiles(component).objects.map((one) => ({ component, ...one })));
const home = join(__dirname, '..', '..');

describe.each(components)('$name', (component) => {
  test('says in its header which file to change, and that file is there', () => {
    const source = readFileSync(join(home, component.sourceFile), 'utf8');
    if (component.name !== 'cluster-secrets') expect(source).toContain(`'${component.name}'`); // the framework brings that one
    for (const [path, { text }] of componentFiles(component).files) {
      expect({ path, first: text.split('\n')[0] }).toEqual({ path, first: expect.stringContaining(component.sourceFile) });
    }
  });

  test('is deployed somewhere', () => {
    expect(clusters.filter((cluster) => cluster.deployed.some((one) => one.component === component))).not.toEqual([]);
  });

  test('lists in each kustomization.yaml what is there, and nothing else', () => {
    if (component.source || component.name === 'cluster-secrets') return;
    const { files } = componentFiles(component);
    for (const [path, { text }] of files) {
      if (!path.endsWith('/kustomization.yaml')) continue;
      const folder = path.slice(0, -'/kustomization.yaml'.length);
      const resources: readonly string[] = parse(text).resources;
      expect({ path, resources }).toEqual({ path, resources: [...new Set(resources)] });
      expect(resources).not.toEqual([]);
      for (const name of resources) {
        const target = join(folder, name);
        expect({ target, there: tree.has(target) || tree.has(join(target, 'kustomization.yaml')) }).toEqual({ target, there: true });
      }
      const here = [...files.keys()].filter(
        (other) => other.startsWith(`${folder}/`) && !other.slice(folder.length + 1).includes('/') && other !== path,
      );
      expect(here.map((other) => other.slice(folder.length + 1)).filter((name) => !resources.includes(name))).toEqual([]);
    }
  });

  test('names its Namespace first, since everything else lives in one', () => {
    const kindsInOrder = componentFiles(component).objects.map(({ object }) => object.kind);
    const last = kindsInOrder.lastIndexOf('Namespace');
    expect(kindsInOrder.slice(0, last + 1).filter((kind) => kind !== 'Namespace')).toEqual([]);
  });
});

test.each(emitted)('$path: a typed block, with the scope that its CRD has', ({ object, construct, path }) => {
  // A Manifest is made only by a block, and every block takes its object's generated type.
  expect({ path, typed: construct instanceof Manifest }).toEqual({ path, typed: true });
  const known: Readonly<Record<string, { readonly scope: string }>> = kinds;
  const scope = known[`${object.apiVersion} ${object.kind}`]?.scope;
  const namespace = construct instanceof Manifest ? construct.namespace : undefined;
  if (scope !== undefined) expect({ path, scope }).toEqual({ path, scope: namespace === undefined ? 'Cluster' : 'Namespaced' });
});

test('nothing that makes a manifest steps around the compiler: no cast, no any, no ignored error, nothing random', () => {
  const rooms = ['components', 'clusters', 'manifests'].flatMap((room) =>
    readdirSync(join(home, 'src', room)).map((name) => join(room, name)),
  );
  const emitters = ['cluster-files', 'cluster-secrets', 'infrastructure'].map((name) => join('flux', `${name}.ts`));
  expect([...rooms, ...emitters].flatMap((file) => evasions(join(home, 'src', file)))).toEqual([]);
});

test('an evasion would be seen', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'strata-')), 'evasive.ts');
  const lines = [
    'export const a = {} as unknown;',
    'export class B { readonly c = { d: 1 } as const; readonly e = ({} as Date); }',
    'export const f: any = 1;',
    'export const g = JSON.parse("{}");',
    'export const h = <number>1;',
    'export const i = [1][0]!;',
    '// @ts-expect-error',
    'export const j = Math.random();',
  ];
  writeFileSync(file, lines.join('\n'));
  const found = evasions(file).map((evasion) => evasion.replace(/^.*evasive\.ts:/, ''));
  expect(found).toEqual(['1: as', '2: as', '3: any', '4: JSON.parse', '5: <T>', '6: !', '8: Math.random', '7: @ts']);
  rmSync(join(file, '..'), { recursive: true });
});

test("every release's values are of a type generated from its chart", () => {
  const files = readdirSync(join(home, 'src', 'components')).map((name) => readFileSync(join(home, 'src', 'components', name), 'utf8'));
  const releases = files.flatMap((code) => [...code.matchAll(/new HelmRelease(?:<(\w+)>)?\(/g)].map(([, type]) => ({ code, type })));
  expect(releases.length).toBe(emitted.filter(({ object }) => object.kind === 'HelmRelease').length);
  for (const { code, type } of releases) {
    const chart = new RegExp(`import type \\{[^}]*\\b${type}\\b[^}]*\\} from '../../imports/charts/([\\w-]+)'`).exec(code)?.[1];
    expect({ type, chart }).toEqual({ type, chart: expect.any(String) });
    expect(existsSync(join(home, 'imports', 'charts', `${chart}.ts`))).toBe(true);
  }
});

/** Every place in a file where the author's word is taken instead of the compiler's, as `file:line: what`. */
function evasions(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const report = (at: number, what: string) => found.push(`${file}:${source.getLineAndCharacterOfPosition(at).line + 1}: ${what}`);
  const visit = (node: ts.Node): void => {
    const start = node.getStart(source);
    if (ts.isAsExpression(node) && node.type.getText(source) !== 'const') report(start, 'as');
    if (ts.isTypeAssertionExpression(node)) report(start, '<T>');
    if (ts.isNonNullExpression(node)) report(start, '!');
    if (node.kind === ts.SyntaxKind.AnyKeyword) report(start, 'any');
    if (ts.isPropertyAccessExpression(node) && /^(JSON\.parse|Math\.random)$/.test(node.getText(source)))
      report(start, node.getText(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const match of text.matchAll(/@ts-\w+|biome-ignore/g)) report(match.index, '@ts');
  return found;
}
