import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { isCustomResourceDefinition } from './crd-types';
import { compare } from './order';
import { isRecord, listAt, recordAt } from './record';
import { generatedBy } from './typescript';

/** The classes that `cdk8s import` makes of these CRDs, by file name. The project uses their types only (`import type`). */
export async function classesOf(documents: readonly unknown[], wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), 'strata-import-'));
  try {
    const crds = documents.filter(isCustomResourceDefinition).flatMap((crd) => reduced(crd, wanted));
    await writeFile(join(directory, 'crds.yaml'), crds.map((crd) => stringify(crd, { lineWidth: 0 })).join('---\n'));
    await run(directory);
    const names = (await readdir(join(directory, 'out'))).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(directory, 'out', name), 'utf8')));
    return new Map(names.map((name, at) => [name, `${generatedBy}\n${texts[at]}`]));
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function run(directory: string): Promise<void> {
  const program = join(dirname(createRequire(__filename).resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  // --no-save: cdk8s would rewrite cdk8s.yaml and lose its comments. --check-upgrade: it would ask the network for its newest version.
  const options = ['--no-save', '--check-upgrade=false', '--language', 'typescript', '--output', 'out'];
  await promisify(execFile)(process.execPath, [program, 'import', 'crds.yaml', ...options], {
    cwd: directory,
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
}

/**
 * The CRD with nothing but what the classes are made of, its keys sorted: copies differ from upstream in descriptions and labels,
 * and cdk8s refuses a file for some characters in its annotations.
 */
function reduced(crd: unknown, wanted: ReadonlySet<string>): readonly unknown[] {
  const spec = recordAt(crd, 'spec');
  const names = recordAt(spec, 'names');
  const versions = listAt(spec, 'versions')
    .filter(isRecord)
    .filter((version) => wanted.has(`${spec['group']}/${version['name']} ${names['kind']}`))
    .map(({ name, served, storage, schema }) => ({ name, served, storage, schema: withoutDescriptions(schema) }));
  if (versions.length === 0) return [];
  const metadata = { name: `${names['plural']}.${spec['group']}` };
  const { kind, plural } = names;
  return [
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata,
      spec: { group: spec['group'], scope: spec['scope'], names: { kind, plural }, versions },
    },
  ];
}

/** A description is text; a property of that name is a schema. */
function withoutDescriptions(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDescriptions);
  if (!isRecord(schema)) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => key !== 'description' || typeof value !== 'string');
  return Object.fromEntries(kept.sort(([a], [b]) => compare(a, b)).map(([key, value]) => [key, withoutDescriptions(value)]));
}
