import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Schemas } from '../../src/schema';
import { celSyntax } from '../../src/schema/cel';
import { matcher } from '../../src/schema/pattern';
import { schemaSource } from '../support/schema-source';

const folder = join(__dirname, '..', '..', 'imports', 'schemas');
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.json'))
  .map((path) => path.replaceAll('\\', '/'))
  .sort();
const schemas = Schemas.from(schemaSource.load);

describe('every file that is shipped', () => {
  const contents = new Map(paths.map((path) => [path, JSON.parse(readFileSync(join(folder, path), 'utf8'))]));
  const maps = [...contents].flatMap(([path, content]) => mapsIn(content).map((map) => [path, map] as const));

  test('refers to definitions that are there', () => {
    const missing = maps.flatMap(([path, { $ref: reference }]) => {
      if (typeof reference !== 'string') return [];
      const [file = '', name = ''] = reference.split('#');
      const there = file === '' ? contents.get(path) : (contents.get(`${file}.json`) ?? contents.get(`kubernetes/${file}.json`));
      return there?.definitions?.[name] === undefined ? [`${path}: ${reference}`] : [];
    });
    expect(missing).toEqual([]);
  });

  test('has patterns that can be tried, and rules that can be read', () => {
    const patterns = maps.flatMap(([, { pattern }]) => (typeof pattern === 'string' && matcher(pattern) === undefined ? [pattern] : []));
    const rules = maps.flatMap(([, { rule }]) => (typeof rule === 'string' && celSyntax(rule) !== undefined ? [rule] : []));
    expect({ patterns, rules }).toEqual({ patterns: [], rules: [] });
  });

  test('together are small', () => {
    const size = paths.reduce((sum, path) => sum + readFileSync(join(folder, path)).length, 0);
    expect(size).toBeLessThan(1_500_000);
  });
});

describe('a custom kind', () => {
  const release = (spec: object) => ({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'ferry' }, spec });
  const chart = { spec: { chart: 'ferry', sourceRef: { kind: 'HelmRepository', name: 'ferry' } } };

  test('is held against its schema and its rules', () => {
    expect(schemas.validate(release({ interval: '5m', chart }))).toEqual([]);
    expect(schemas.validate(release({ interval: '5m' }))).toMatchObject([
      { at: 'spec', kind: 'rule', what: 'either chart or chartRef must be set' },
    ]);
    expect(
      schemas.validate(
        release({ interval: '5 minutes', chart, upgrade: { strategy: { name: 'RemediateOnFailure', retryInterval: '1m' } } }),
      ),
    ).toMatchObject([
      { at: 'spec.interval', kind: 'pattern' },
      { at: 'spec.upgrade.strategy', kind: 'rule', what: ".retryInterval can only be set when .name is 'RetryOnFailure'" },
    ]);
  });

  test('of which other versions are served says so', () => {
    expect(schemas.versionsOf('helm.toolkit.fluxcd.io', 'HelmRelease')).toEqual(['v2']);
    expect(schemas.versionsOf('notification.toolkit.fluxcd.io', 'Alert')).toEqual(['v1beta3']);
    expect(schemas.versionsOf('kyverno.io', 'ClusterPolicy')).toContain('v1');
    expect(schemas.validate({ apiVersion: 'helm.toolkit.fluxcd.io/v2beta2', kind: 'HelmRelease' })).toBeUndefined();
  });

  test('of Flux begins unobserved, and of others does not', () => {
    expect(schemas.beginsUnobserved('kustomize.toolkit.fluxcd.io/v1', 'Kustomization')).toBe(true);
    expect(schemas.beginsUnobserved('notification.toolkit.fluxcd.io/v1beta3', 'Alert')).toBe(false);
    expect(schemas.beginsUnobserved('postgresql.cnpg.io/v1', 'Cluster')).toBe(false);
    expect(schemas.beginsUnobserved('example.org/v1', 'Ferry')).toBeUndefined();
  });

  test("is what the tree's own CRD says, if it has one", () => {
    const spec = { group: 'cert-manager.io', scope: 'Cluster', names: { kind: 'Issuer' } };
    const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } } } };
    const own = schemas.withCrds([
      { kind: 'CustomResourceDefinition', spec: { ...spec, versions: [{ name: 'v9', served: true, schema }] } },
    ]);
    expect(own.versionsOf('cert-manager.io', 'Issuer')).toEqual(['v9']);
    expect(own.versionsOf('cert-manager.io', 'Certificate')).toEqual(['v1']);
    expect(own.validate({ apiVersion: 'cert-manager.io/v9', kind: 'Issuer', ...{ spec: { b: 1 } } })).toMatchObject([{ at: 'spec.b' }]);
  });
});

describe('a kind of Kubernetes', () => {
  const deployment = (container: object, more: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'ferry', labels: { app: 'ferry' } },
    spec: {
      selector: { matchLabels: { app: 'ferry' } },
      template: { spec: { containers: [{ name: 'ferry', image: 'ferry:1', ...container }] } },
      ...more,
    },
  });
  const problems = (object: Parameters<Schemas['validate']>[0]) =>
    schemas.validate(object)?.map(({ at, kind, fix }) => `${at} ${kind}: ${fix}`);

  test('is held against its schema', () => {
    const resources = { limits: { cpu: 1, memory: '1.5Gi' }, requests: { cpu: '500m', memory: '1e3' } };
    const probe = { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 };
    expect(
      problems(deployment({ resources, livenessProbe: probe, readinessProbe: { ...probe, httpGet: { path: '/', port: 80 } } })),
    ).toEqual([]);
    expect(problems(deployment({ resource: {} }, { replicas: '3' }))).toEqual([
      'spec.template.spec.containers[0].resource unknown-field: write resources',
      'spec.replicas type: write it without quotes: 3',
    ]);
    expect(problems(deployment({ imagePullPolicy: 'always', resources: { limits: { memory: '1 Gi' } } }))).toEqual([
      'spec.template.spec.containers[0].imagePullPolicy enum: write "Always"',
      'spec.template.spec.containers[0].resources.limits.memory format: write a quantity, like 500m or 2Gi',
    ]);
  });

  test('takes a null and empty words for nothing', () => {
    expect(problems(deployment({ imagePullPolicy: '', env: null }, { strategy: null }))).toEqual([]);
    expect(problems({ apiVersion: 'v1', kind: 'Namespace', metadata: { ...{ creationTimestamp: null } } })).toEqual([]);
  });

  test('has names of variables and ports only once', () => {
    const env = [{ name: 'A', value: '1' }, { name: 'B' }, { name: 'A', value: '2' }];
    const ports = [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }, { containerPort: 80, protocol: 'TCP' }];
    expect(problems(deployment({ env, ports }))).toEqual([
      'spec.template.spec.containers[0].env[2] duplicate: keep one of the two, or give it another key',
      'spec.template.spec.containers[0].ports[2] duplicate: keep one of the two, or give it another key',
    ]);
  });

  test('has text in its environment, labels and data', () => {
    expect(problems(deployment({ env: [{ name: 'A', value: 1 }] }))).toEqual([
      'spec.template.spec.containers[0].env[0].value type: put it in quotes: "1"',
    ]);
    expect(problems({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...{ labels: { a: true } } }, ...{ data: { a: 1 } } })).toEqual([
      'metadata.labels.a type: put it in quotes: "true"',
      'data.a type: put it in quotes: "1"',
    ]);
  });

  test('that is a Secret shows none of its values', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      data: { a: 'hunter2!' },
      stringData: { b: 12345 },
      type: ['x-y-z'],
    };
    const said = schemas.validate(secret) ?? [];
    expect(said.map(({ at }) => at)).toEqual(['data.a', 'stringData.b', 'type']);
    expect(JSON.stringify(said)).not.toMatch(/hunter2|12345|x-y-z/);
  });

  test('is known in all of its group', () => {
    expect(schemas.knowsAllOf('')).toBe(true);
    expect(schemas.knowsAllOf('policy')).toBe(true);
    expect(schemas.knowsAllOf('cert-manager.io')).toBe(false);
    expect(schemas.knowsAllOf('example.org')).toBe(false);
    expect(schemas.versionsOf('policy', 'PodSecurityPolicy')).toBeUndefined();
    expect(schemas.versionsOf('batch', 'CronJob')).toEqual(['v1']);
  });
});

test('a file is loaded when something in it is asked for, and once', () => {
  const loaded: string[] = [];
  const counted = Schemas.from((file) => {
    loaded.push(file);
    return schemaSource.load(file);
  });
  expect(loaded).toEqual([]);
  const object = { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'a' }, spec: { selfSigned: {} } };
  for (let round = 0; round < 2; round++) counted.validate({ ...object });
  expect(loaded).toEqual(['cert-manager.io.json', 'meta.json', 'kubernetes/meta.json']);
});

/** Every map in some JSON. */
function mapsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(mapsIn);
  if (typeof value !== 'object' || value === null) return [];
  const map: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value));
  return [map, ...Object.values(map).flatMap(mapsIn)];
}
