import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { refuse } from '../../src/flux/finding';
import { type CoreStructs, type CoreTypes, coreTypes } from './core-types';
import { type CustomKind, groupFile, kindsFile, metaFile, servedKinds } from './crd-types';
import type { Origin } from './fetch';
import { classesOf } from './flux-classes';
import { kubernetesSchemas } from './kubernetes-schemas';
import { isRecord, listAt, textAt } from './record';
import { schemaFile } from './schema-files';
import { type Chart, type CrdSet, type Sources, sourcesFile } from './sources';
import { valuesSchemaFile } from './values-schema';
import { valuesFile, valuesType, withSubchart } from './values-types';

/**
 * Everything under imports/ but the list it is made from, by path relative to imports/. Without schemas/kubernetes/ where the origin
 * has no document of Kubernetes.
 */
export async function generate(sources: Sources, origin: Origin): Promise<ReadonlyMap<string, string>> {
  const core = await coreTypesOfPackage();
  const files = new Map([
    ['meta.ts', metaFile()],
    ['k8s.ts', core.text],
  ]);
  const kinds: CustomKind[] = [];
  const served: CustomKind[] = [];
  for (const set of sources.crds) {
    const documents = documentsIn(set, await origin.crds(set));
    const all = servedKinds(set.name, documents);
    const wanted = wantedKinds(set, all);
    kinds.push(...wanted);
    served.push(...all);
    if (!set.classes) continue;
    const names = new Set(wanted.map((kind) => `${kind.group}/${kind.version} ${kind.kind}`));
    for (const [file, text] of await classesOf(documents, names)) files.set(file, text);
  }
  const typed = kinds.filter((kind) => !files.has(`${kind.group}.ts`));
  // A group can be spread over several sets, and still is one file: cdk8s keeps only the last of them.
  for (const group of new Set(typed.map((kind) => kind.group)))
    files.set(`${group}.ts`, groupFile(typed.filter((kind) => kind.group === group)));
  files.set('kinds.ts', kindsFile(kinds));
  for (const group of new Set(kinds.map((kind) => kind.group))) {
    const inGroup = (kind: CustomKind) => kind.group === group;
    files.set(`schemas/${group}.json`, schemaFile(kinds.filter(inGroup), served.filter(inGroup)));
  }
  for (const chart of sources.charts) for (const [path, text] of await chartFiles(chart, origin, core.structs)) files.set(path, text);
  const openApi = sources.kubernetes && (await origin.kubernetes?.(sources.kubernetes));
  if (openApi !== undefined) for (const [path, text] of kubernetesSchemas(JSON.parse(openApi))) files.set(path, text);
  return files;
}

async function coreTypesOfPackage(): Promise<CoreTypes> {
  const directory = join(dirname(createRequire(__filename).resolve('cdk8s-plus-30/package.json')), 'lib', 'imports');
  const [declarations, code] = await Promise.all(['k8s.d.ts', 'k8s.js'].map((name) => readFile(join(directory, name), 'utf8')));
  return coreTypes({ declarations: declarations ?? '', code: code ?? '' });
}

function documentsIn(set: CrdSet, yaml: string): readonly unknown[] {
  return parseAllDocuments(yaml, { uniqueKeys: false }).map((document): unknown => {
    const [error] = document.errors;
    return error === undefined ? document.toJS() : unreadable(set, error.message);
  });
}

function unreadable(set: CrdSet, message: string): never {
  return refuse({
    rule: 'source-unreadable',
    file: sourcesFile,
    what: message,
    where: `crds, ${set.name}`,
    why: 'a CRD that is read in part gives types that lack fields',
    fix: 'look at what the address answers: a page that asks for a login is not YAML',
  });
}

/** The kinds that sources.yaml asks for; all of them must be served. */
function wantedKinds(set: CrdSet, served: readonly CustomKind[]): readonly CustomKind[] {
  return [...set.kinds].flatMap(([apiVersion, kinds]) =>
    kinds.map(
      (name) =>
        served.find((kind) => `${kind.group}/${kind.version}` === apiVersion && kind.kind === name) ??
        notServed(set, `${apiVersion} ${name}`),
    ),
  );
}

function notServed(set: CrdSet, kind: string): never {
  return refuse({
    rule: 'kind-not-served',
    file: sourcesFile,
    what: `${set.name} ${set.version} does not serve ${kind}`,
    where: `crds, ${set.name}, kinds`,
    why: 'the API server would refuse every object of this kind',
    fix: 'name a version that is served, or take the kind out',
  });
}

/** The types of a chart's values, for the compiler and for checks at run time. */
async function chartFiles(chart: Chart, origin: Origin, structs: CoreStructs): Promise<readonly (readonly [path: string, text: string])[]> {
  const read = await origin.chart(chart);
  const dependencies = await dependenciesIn(read, 'Chart.yaml');
  const schema = await read('values.schema.json');
  const open = ['global', ...dependencies.filter(({ name }) => !chart.subcharts.includes(name)).map(({ key }) => key)];
  let defaults = valuesIn(await read('values.yaml'));
  for (const subchart of chart.subcharts) {
    const { key = subchart } = dependencies.find(({ name }) => name === subchart) ?? {};
    // A subchart's own schema is not read: its values.yaml lists the same keys, and copies may lack the schema.
    defaults = withSubchart(defaults, key, valuesIn(await read(`charts/${subchart}/values.yaml`)));
    const inner = await dependenciesIn(read, `charts/${subchart}/Chart.yaml`);
    open.push(`${key}.global`, ...inner.map((each) => `${key}.${each.key}`));
  }
  // Values by which Helm switches whole groups of subcharts.
  if (dependencies.some(({ tagged }) => tagged)) open.push('tags');
  const values = {
    name: chart.name,
    schema: schema === undefined ? undefined : JSON.parse(schema),
    defaults,
    corrections: chart.corrections,
  };
  const { name, version, repository } = chart;
  const facts = { name, version, repository, checked: schema !== undefined, open };
  return [
    [`charts/${name}.ts`, valuesFile(values, structs)],
    [`schemas/charts/${name}.json`, valuesSchemaFile(facts, valuesType(values, structs), structs)],
  ];
}

interface Dependency {
  readonly name: string;
  /** Under which its values stand. */
  readonly key: string;
  readonly tagged: boolean;
}

async function dependenciesIn(read: (path: string) => Promise<string | undefined>, path: string): Promise<readonly Dependency[]> {
  return listAt(parse((await read(path)) ?? ''), 'dependencies')
    .filter(isRecord)
    .map((each) => {
      const name = textAt(each, 'name') ?? '';
      return { name, key: textAt(each, 'alias') ?? name, tagged: listAt(each, 'tags').length > 0 };
    });
}

function valuesIn(yaml: string | undefined): unknown {
  return yaml === undefined ? {} : parse(yaml, { uniqueKeys: false });
}
