import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('nothing in components, clusters and blocks steps around the compiler', () => {
  const rooms = ['components', 'clusters', 'manifests'];
  const files = rooms.flatMap((room) => readdirSync(join(home, 'src', room)).map((name) => join('src', room, name)));
  const evasions = files.flatMap((file) => {
    const code = withoutTexts(readFileSync(join(home, file), 'utf8'));
    return [...code.matchAll(/\bas (?:[A-Z{(]\w*|unknown|never|any|object|string|number)|: any\b|<any>|@ts-\w+|\w!\.|biome-ignore/g)].map(
      ([found]) => `${file}: ${found}`,
    );
  });
  expect(evasions).toEqual([]);
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

/** The code without comments, strings and import lines, whose `as` renames. */
function withoutTexts(code: string): string {
  return code
    .replace(/^(import|export) [\s\S]*?;$/gm, '')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replace(/`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''");
}
