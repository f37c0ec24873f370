import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { CustomKind } from '../../scripts/import/crd-types';
import { kubernetesSchemas } from '../../scripts/import/kubernetes-schemas';
import { shared } from '../../scripts/import/repeated';
import { deciding, generatedJson, jsonFile, ofObject } from '../../scripts/import/run-time-schema';
import { schemaFile } from '../../scripts/import/schema-files';
import { readSources } from '../../scripts/import/sources';
import { typeIn } from '../../scripts/import/type-text';
import { anyMap, listOf, mapOf, named, number, numberOrString, string, struct } from '../../scripts/import/typescript';
import { valuesSchemaFile } from '../../scripts/import/values-schema';
import { differences, write } from '../../scripts/import/write';

describe('what decides of a schema', () => {
  test('stays, in the order of the alphabet; what explains goes', () => {
    const schema = {
      type: 'object',
      description: 'text',
      properties: {
        description: { type: 'string', description: 'a property of that name', example: 'x' },
        a: { type: 'array', items: { $ref: 'x' }, 'x-kubernetes-list-type': 'atomic', nullable: false },
      },
      additionalProperties: false,
      'x-kubernetes-validations': [{ rule: 'r', message: 'm', reason: 'FieldValueInvalid', fieldPath: '.a' }],
      'x-kubernetes-patch-strategy': 'merge',
    };
    expect(JSON.stringify(deciding(schema))).toBe(
      '{"additionalProperties":false,"properties":{"a":{"items":{"$ref":"x"},"type":"array"},"description":{"type":"string"}},"type":"object","x-kubernetes-validations":[{"rule":"r","message":"m","fieldPath":".a"}]}',
    );
  });

  test('of an object: no apiVersion, no kind, any status; metadata where it asks for something', () => {
    const text = { type: 'string' };
    const schema = {
      type: 'object',
      required: ['spec', 'metadata'],
      properties: { apiVersion: text, kind: text, metadata: { type: 'object' }, spec: text, status: text },
    };
    expect(ofObject(schema)).toEqual({
      type: 'object',
      required: ['spec'],
      properties: { spec: text, status: { 'x-kubernetes-preserve-unknown-fields': true } },
    });
    const name = { type: 'object', properties: { name: { maxLength: 10 } } };
    expect(ofObject({ properties: { metadata: name } })).toEqual({ properties: { metadata: name } });
  });
});

describe('what is repeated', () => {
  const pod = {
    type: 'object',
    properties: { image: { type: 'string', pattern: '^[a-z0-9./-]+(:[a-z0-9.-]+)?(@sha256:[a-f0-9]{64})?$' }, args: { type: 'array' } },
  };

  test('stands once, and is referred to', () => {
    expect(shared({ a: { properties: { x: pod, y: { items: pod, type: 'array' } } }, b: pod })).toEqual({
      schemas: { a: { properties: { x: { $ref: '#1' }, y: { items: { $ref: '#1' }, type: 'array' } } }, b: pod },
      definitions: { '1': pod },
    });
  });

  test('is the same when the references are followed', () => {
    const leaf = fc.record({ type: fc.constantFrom('string', 'integer'), pattern: fc.constant('a'.repeat(60)) });
    const { schema } = fc.letrec((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.record({ type: fc.constant('object'), properties: fc.dictionary(fc.constantFrom('a', 'b'), tie('schema')) }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('v1 A', 'v1 B', 'v1 C'), schema), (schemas) => {
        const made = shared(schemas);
        const followed = (value: unknown): unknown => {
          if (typeof value !== 'object' || value === null) return value;
          if ('$ref' in value) return followed(made.definitions[String(value.$ref).slice(1)]);
          return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, followed(each)]));
        };
        expect(followed(made.schemas)).toEqual(schemas);
      }),
    );
  });
});

test('the file of a group: versions that are served, with a schema or without, and what is observed from the start', () => {
  const kind = (version: string, schema: object): CustomKind => ({
    set: 'a',
    group: 'example.org',
    version,
    kind: 'Ferry',
    plural: 'ferries',
    scope: 'Cluster',
    stored: true,
    schema: { ...schema },
  });
  const status = { default: { observedGeneration: -1 } };
  const v1 = kind('v1', { type: 'object', properties: { status } });
  expect(schemaFile([v1], [v1, kind('v1beta1', {})])).toBe(`${generatedJson}"kinds": {
"Ferry": {"scope":"Cluster","versions":["v1","v1beta1"],"observed":["v1"]}
},
"schemas": {
"v1 Ferry": {"type":"object","properties":{"status":{"x-kubernetes-preserve-unknown-fields":true}}}
},
"definitions": {}
}
`);
});

test('kinds of Kubernetes: a file per group, references between them, small types where they are used, words added', () => {
  const meta = '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
  const gvk = (group: string, kind: string) => ({ 'x-kubernetes-group-version-kind': [{ group, version: 'v1', kind }] });
  const files = kubernetesSchemas({
    definitions: {
      'io.k8s.api.harbour.v1.Ferry': {
        type: 'object',
        properties: {
          metadata: { $ref: meta, description: 'x' },
          spec: { $ref: '#/definitions/io.k8s.api.core.v1.ServicePort' },
          status: { $ref: '#/definitions/io.k8s.api.core.v1.Unused' },
        },
        ...gvk('harbour.k8s.io', 'Ferry'),
      },
      'io.k8s.api.harbour.v1.FerryList': {
        properties: { metadata: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' } },
        ...gvk('harbour.k8s.io', 'FerryList'),
      },
      'io.k8s.api.core.v1.Pod': { properties: { metadata: { $ref: meta } }, ...gvk('', 'Pod') },
      'io.k8s.api.core.v1.ServicePort': {
        properties: {
          protocol: { type: 'string' },
          port: { $ref: '#/definitions/io.k8s.apimachinery.pkg.util.intstr.IntOrString' },
          size: { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' },
          at: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.Time' },
          any: { $ref: '#/definitions/io.k8s.apimachinery.pkg.runtime.RawExtension' },
        },
      },
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': { properties: { name: { type: 'string' } } },
      'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: 'string', format: 'date-time' },
      'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object' },
    },
  });
  expect([...files.keys()]).toEqual(['core', 'harbour.k8s.io', 'meta'].map((group) => `schemas/kubernetes/${group}.json`));
  const file = (group: string) => JSON.parse(files.get(`schemas/kubernetes/${group}.json`) ?? '');
  expect(file('harbour.k8s.io').schemas).toEqual({
    'v1 Ferry': {
      type: 'object',
      properties: { spec: { $ref: 'core#v1.ServicePort' }, status: { 'x-kubernetes-preserve-unknown-fields': true } },
    },
  });
  expect(file('core').definitions['v1.ServicePort'].properties).toEqual({
    any: { 'x-kubernetes-preserve-unknown-fields': true },
    at: { type: 'string', format: 'date-time' },
    port: { 'x-kubernetes-int-or-string': true },
    protocol: { type: 'string', enum: ['SCTP', 'TCP', 'UDP'], default: 'TCP' },
    size: { format: 'quantity' },
  });
  expect(Object.keys(file('meta').definitions)).toEqual(['v1.ObjectMeta']);
});

describe('the type of values', () => {
  test('that sources.yaml gives as text', () => {
    expect(typeIn('boolean | string')).toEqual({ is: 'union', of: [named('boolean'), string] });
    expect(typeIn('readonly Toleration[]')).toEqual(listOf(named('Toleration')));
    expect(typeIn('{ readonly [key: string]: readonly string[] }')).toEqual(mapOf(listOf(string)));
    expect(typeIn("{ readonly a?: 'b' | 'c'; readonly 'd-e': number; readonly [key: string]: unknown }")).toEqual(
      struct(
        [
          { name: 'a', type: { is: 'union', of: [named("'b'"), named("'c'")] }, required: false },
          { name: 'd-e', type: number, required: true },
        ],
        true,
      ),
    );
    expect(typeIn('(A & B)[]')).toEqual(listOf({ is: 'intersection', of: [named('A'), named('B')] }));
    for (const text of ['', '{ a', 'A |', 'A B', '[]']) expect(() => typeIn(text)).toThrow('no type that sources.yaml may give');
  });

  test('that every correction gives can be read', () => {
    const { charts } = readSources(require('node:fs').readFileSync(join(__dirname, '..', '..', 'imports', 'sources.yaml'), 'utf8'));
    const corrections = charts.flatMap((chart) => chart.corrections);
    expect(corrections.length).toBeGreaterThan(10);
    for (const { type } of corrections) expect(() => typeIn(type)).not.toThrow();
  });

  test('as a schema: structs of Kubernetes and of the chart, open places', () => {
    const facts = {
      name: 'ferry',
      version: '1.0.0',
      repository: 'https://charts.example.org',
      checked: true,
      open: ['global', 'web.global', 'sub'],
    };
    const part = struct([{ name: 'cpu', type: numberOrString, required: false }]);
    const type = struct([
      { name: 'web', type: struct([{ name: 'probe', type: named('Probe'), required: false }]), required: false },
      { name: 'part', type: part, required: false },
      { name: 'other', type: named('FerryValuesPart'), required: false },
      { name: 'mode', type: { is: 'union', of: [named("'a\\'b'"), named('true'), named('3')] }, required: false },
      { name: 'any', type: anyMap, required: false },
      { name: 'strategy', type: named('DeploymentStrategy'), required: false },
    ]);
    const structs = new Map(['Probe', 'DeploymentStrategy'].map((name) => [name, new Set<string>()]));
    const text = valuesSchemaFile(facts, type, structs);
    const open = { 'x-kubernetes-preserve-unknown-fields': true };
    const cpu = { type: 'object', properties: { cpu: { union: [{ type: 'number' }, { type: 'string' }] } } };
    expect(JSON.parse(text)).toEqual({
      generated: expect.any(String),
      about: { chart: 'ferry', version: '1.0.0', repository: 'https://charts.example.org', checked: true },
      values: {
        any: { type: 'object', ...open },
        global: { type: 'object', ...open },
        mode: { union: [{ enum: ["a'b"] }, { enum: [true] }, { enum: [3] }] },
        other: { $ref: '#FerryValuesPart' },
        part: cpu,
        strategy: { $ref: 'apps#v1.DeploymentStrategy' },
        sub: { type: 'object', ...open },
        web: { type: 'object', properties: { global: { type: 'object', ...open }, probe: { $ref: 'core#v1.Probe' } } },
      },
      definitions: { FerryValuesPart: cpu },
    });
  });
});

describe('schema files on disk', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'strata-schemas-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const file = jsonFile({ kinds: {} });

  test('go when no source makes them any more', async () => {
    await write(
      directory,
      new Map([
        ['schemas/old.json', file],
        ['schemas/kubernetes/old.json', file],
      ]),
    );
    await write(
      directory,
      new Map([
        ['schemas/new.json', file],
        ['schemas/kubernetes/new.json', file],
      ]),
    );
    expect(readdirSync(directory, { recursive: true }).sort()).toEqual([
      'schemas',
      'schemas/kubernetes',
      'schemas/kubernetes/new.json',
      'schemas/new.json',
    ]);
  });

  test('of Kubernetes stay where the origin has no document of it', async () => {
    await write(directory, new Map([['schemas/kubernetes/core.json', file]]));
    await write(directory, new Map([['schemas/new.json', file]]));
    expect(await differences(directory, new Map([['schemas/new.json', file]]))).toEqual([]);
    expect(readdirSync(join(directory, 'schemas', 'kubernetes'))).toEqual(['core.json']);
  });
});
