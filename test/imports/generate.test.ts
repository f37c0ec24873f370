import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { coreTypes } from '../../scripts/import/core-types';
import { groupFile, kindsFile, metaFile, servedKinds } from '../../scripts/import/crd-types';
import { fromDirectory } from '../../scripts/import/fetch';
import { generate } from '../../scripts/import/generate';
import { readSources } from '../../scripts/import/sources';
import { generatedBy } from '../../scripts/import/typescript';
import { type ChartValues, valuesFile, withSubchart } from '../../scripts/import/values-types';
import { differences } from '../../scripts/import/write';

const root = join(__dirname, '..', '..');

describe('types of a custom resource', () => {
  test('required and optional, words, int-or-string, maps, quoted names; status is left out', () => {
    expect(groupOf(ferry)).toBe(`${generatedBy}
import type { ObjectMeta } from './meta';

export interface Ferry {
  readonly apiVersion: 'example.org/v1';
  readonly kind: 'Ferry';
  readonly metadata?: ObjectMeta;
  readonly spec: FerrySpec;
}

export interface FerrySpec {
  readonly anything?: unknown;
  readonly departs?: string;
  readonly fares?: readonly { readonly amount: number; readonly 'currency-code'?: string }[];
  readonly free?: { readonly [key: string]: unknown };
  readonly labels?: { readonly [key: string]: string };
  readonly port?: number | string;
  readonly ports?: { readonly [key: string]: readonly (number | string)[] };
  readonly route: 'east' | 'west' | '';
  readonly vessel?: FerrySpecVessel;
}

export interface FerrySpecVessel {
  readonly captain?: string;
  readonly decks: number;
  readonly electric?: boolean;
  readonly [key: string]: unknown;
}
`);
  });

  test('the stored version has the plain name, other served ones a suffix, one that is not served none at all', () => {
    const text = groupOf(crd('Berth', [version('v1alpha1', { served: false }), version('v1beta1', {}), version('v1', { storage: true })]));
    expect(text.match(/^export interface .*$/gm)).toEqual(['export interface Berth {', 'export interface BerthV1Beta1 {']);
    expect(text).toContain("export interface Berth {\n  readonly apiVersion: 'example.org/v1';");
    expect(text).not.toContain('v1alpha1');
  });

  test('the table of kinds holds what a rule needs at run time', () => {
    expect(kindsFile(kindsOf(crd('Berth', [version('v1beta1', {}), version('v1', { storage: true })])))).toBe(`${generatedBy}

export const kinds = {
  'example.org/v1 Berth': { scope: 'Cluster', plural: 'berths', set: 'harbour' },
  'example.org/v1beta1 Berth': { scope: 'Cluster', plural: 'berths', set: 'harbour' },
} as const;
`);
  });

  test('two runs give the same bytes, whatever the order of the documents', () => {
    const documents = [ferry, crd('Berth', [version('v1', { storage: true })])];
    expect(groupOf(...documents)).toBe(groupOf(...documents));
    expect(groupOf(...documents)).toBe(groupOf(...[...documents].reverse()));
  });
});

describe('a source', () => {
  const set = { name: 'harbour', version: 'v1', urls: [], classes: false, kinds: new Map([['example.org/v1alpha1', ['Berth']]]) };
  const from = (yaml: string) =>
    generate({ crds: [set], charts: [] }, { crds: async () => yaml, chart: async () => async () => undefined });

  test('that does not serve a kind of the list is refused', async () => {
    const yaml = stringify(crd('Berth', [version('v1alpha1', { served: false }), version('v1', { storage: true })]));
    await expect(from(yaml)).rejects.toThrow(`imports/sources.yaml: kind-not-served
  what   harbour v1 does not serve example.org/v1alpha1 Berth
  where  crds, harbour, kinds
  why    the API server would refuse every object of this kind
  fix    name a version that is served, or take the kind out`);
  });

  test('that is not YAML is refused, not read in part', async () => {
    await expect(from('<html>\n<p>: please: log in')).rejects.toThrow('imports/sources.yaml: source-unreadable');
  });

  test('that serves it gives the types and the schemas of each group, the table, the metadata and the core kinds', async () => {
    const files = await from(stringify(crd('Berth', [version('v1alpha1', { storage: true })])));
    expect([...files.keys()].sort()).toEqual(['example.org.ts', 'k8s.ts', 'kinds.ts', 'meta.ts', 'schemas/example.org.json']);
  });
});

describe('types of a core kind', () => {
  const module = {
    declarations: `
/** A class, that is not what we want. */
export interface KubeLockProps {
    /** Where */
    readonly metadata?: ObjectMeta;
    readonly spec?: LockSpec;
}
export interface LockSpec {
    /**
     * A comment with readonly wrong?: string;
     */
    readonly clusterIp?: string;
    readonly opensAt?: Date;
    readonly port?: IntOrString;
    readonly schema?: JsonSchemaProps;
    readonly mode: LockMode;
    readonly limits?: {
        [key: string]: Quantity;
    };
}
export interface JsonSchemaProps {
    readonly items?: any;
    readonly not?: JsonSchemaProps;
    readonly properties?: {
        [key: string]: JsonSchemaProps;
    };
}
export declare enum LockMode {
    /** Up */
    UP = "Up",
    DOWN = "Down"
}
export interface NotReached {
    readonly name?: string;
}`,
    code: `
KubeLock.GVK = {
    apiVersion: 'v1',
    kind: 'Lock',
};
function toJson_LockSpec(obj) {
    if (obj === undefined) {
        return undefined;
    }
    const result = {
        'clusterIP': obj.clusterIp,
        'port': obj.port?.value,
        'limits': ((obj.limits) === undefined) ? undefined : (Object.entries(obj.limits)),
    };
    return result;
}`,
  };

  test('the names of JSON, no classes, and a struct that contains itself', () => {
    expect(coreTypes(module, [['v1', 'Lock']]).text).toBe(`${generatedBy}
import type { ObjectMeta } from './meta';

export interface Lock {
  readonly apiVersion: 'v1';
  readonly kind: 'Lock';
  readonly metadata?: ObjectMeta;
  readonly spec?: LockSpec;
}

export interface JsonSchemaProps {
  readonly items?: unknown;
  readonly not?: JsonSchemaProps;
  readonly properties?: { readonly [key: string]: JsonSchemaProps };
}

export interface LockSpec {
  readonly clusterIP?: string;
  readonly opensAt?: string;
  readonly port?: number | string;
  readonly schema?: JsonSchemaProps;
  readonly mode: 'Up' | 'Down';
  readonly limits?: { readonly [key: string]: string };
}
`);
  });
});

describe('types of chart values', () => {
  test('from defaults: keys are closed, empty maps and lists stay open, null says nothing', () => {
    const defaults = {
      replicas: 1,
      name: '',
      debug: false,
      extra: {},
      args: [],
      tag: null,
      other: null,
      hosts: ['a'],
      rules: [{ port: 80 }],
    };
    expect(valuesOf({ defaults })).toBe(`export interface FerryValues {
  readonly args?: readonly unknown[];
  readonly debug?: boolean;
  readonly extra?: { readonly [key: string]: unknown };
  readonly hosts?: readonly string[];
  readonly name?: string;
  readonly other?: unknown;
  readonly replicas?: number;
  readonly rules?: readonly { readonly port?: number; readonly [key: string]: unknown }[];
  readonly tag?: string;
}
`);
  });

  test('schema and defaults together: the schema adds types and keys, and is closed where it lists properties', () => {
    const schema = {
      $defs: { mode: { enum: ['fast', 'slow'] }, tree: { type: 'object', properties: { child: { $ref: '#/$defs/tree' } } } },
      type: 'object',
      additionalProperties: true,
      properties: {
        mode: { $ref: '#/$defs/mode' },
        port: { type: ['integer', 'string', 'null'] },
        tree: { $ref: '#/$defs/tree' },
        onlyHere: { type: 'object', additionalProperties: { type: 'string' } },
        either: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      },
    };
    expect(valuesOf({ schema, defaults: { mode: 'fast', port: '80', onlyThere: true } })).toBe(`export interface FerryValues {
  readonly either?: string | readonly string[];
  readonly mode?: 'fast' | 'slow';
  readonly onlyHere?: { readonly [key: string]: string };
  readonly onlyThere?: boolean;
  readonly port?: number | string;
  readonly tree?: { readonly child?: unknown };
}
`);
  });

  test('keys that are copied into a pod have the type of Kubernetes, unless the chart means something else by them', () => {
    const defaults = {
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      podLabels: {},
      resources: {},
      tolerations: [],
      securityContext: { enabled: true, runAsUser: 1 },
      proxy: { resources: { cpu: { request: '' } } },
    };
    expect(
      valuesOf({ defaults }),
    ).toBe(`import type { PodSecurityContext, ResourceRequirements, SecurityContext, Toleration } from '../k8s';

export interface FerryValues {
  readonly nodeSelector?: { readonly [key: string]: string };
  readonly podLabels?: { readonly [key: string]: string };
  readonly proxy?: { readonly resources?: { readonly cpu?: { readonly request?: string } } };
  readonly resources?: ResourceRequirements;
  readonly securityContext?: PodSecurityContext & SecurityContext & { readonly enabled?: boolean };
  readonly tolerations?: readonly Toleration[];
}
`);
  });

  test('what may be text for a template to expand stays so, beside the type of Kubernetes', () => {
    const schema = { properties: { tolerations: { type: ['array', 'string'] }, maxUnavailable: { type: ['integer', 'string'] } } };
    expect(valuesOf({ schema })).toBe(`import type { Toleration } from '../k8s';

export interface FerryValues {
  readonly maxUnavailable?: number | string;
  readonly tolerations?: readonly Toleration[] | string;
}
`);
  });

  test('a long part gets a name; a subchart stands under its key, with the defaults of both', () => {
    const web = { replicas: 1, hostname: 'localhost', certificate: 'none', logFormat: 'text', image: 'web' };
    const defaults = withSubchart({ web: { enabled: true } }, 'web', web);
    expect(valuesOf({ defaults })).toBe(`export interface FerryValues {
  readonly web?: FerryValuesWeb;
}

export interface FerryValuesWeb {
  readonly certificate?: string;
  readonly enabled?: boolean;
  readonly hostname?: string;
  readonly image?: string;
  readonly logFormat?: string;
  readonly replicas?: number;
}
`);
  });

  test('a correction puts its type where its path leads', () => {
    const corrections = [{ path: 'web.tolerations', type: 'readonly Toleration[]', why: 'in a comment only' }];
    expect(valuesOf({ defaults: { web: { port: 80 } }, corrections })).toBe(`import type { Toleration } from '../k8s';

export interface FerryValues {
  readonly web?: { readonly port?: number; readonly tolerations?: readonly Toleration[] };
}
`);
  });
});

describe('the committed files', () => {
  const sources = readSources(readFileSync(join(root, 'imports/sources.yaml'), 'utf8'));
  const committed = (path: string) => readFileSync(join(root, 'imports', path), 'utf8');

  test('have the shared metadata, and nothing typed as any but in what cdk8s makes', () => {
    expect(committed('meta.ts')).toBe(metaFile());
    const groups = sources.crds
      .filter((set) => !set.classes)
      .flatMap((set) => [...set.kinds.keys()].map((apiVersion) => apiVersion.split('/')[0]));
    const files = [
      ...new Set(groups.map((group) => `${group}.ts`)),
      'k8s.ts',
      'kinds.ts',
      ...sources.charts.map((chart) => `charts/${chart.name}.ts`),
    ];
    for (const file of files) {
      expect(committed(file).split('\n')[0]).toBe(generatedBy);
      expect(committed(file).match(/[:|&(] ?any\b(?!\?)|\bany\[\]/)).toBeNull();
    }
  });

  test('come from sources that NOTICE names and that cdk8s.yaml agrees with', () => {
    const notice = readFileSync(join(root, 'NOTICE'), 'utf8');
    for (const { name } of [...sources.crds, ...sources.charts, { name: 'kubernetes' }])
      expect(notice).toMatch(new RegExp(`^ +${name} `, 'm'));
    const flux = sources.crds.filter((set) => set.classes).flatMap((set) => set.urls);
    const [cdk8s] = parseAllDocuments(readFileSync(join(root, 'cdk8s.yaml'), 'utf8')).map((document) => document.toJS());
    expect(cdk8s.imports).toEqual(flux);
  });

  const copies = process.env['STRATA_SOURCES'];
  const reason =
    copies === undefined ? ' (skipped: needs STRATA_SOURCES, a directory with crds/, charts/ and, for all of it, openapi/)' : '';
  (copies === undefined ? test.skip : test)(
    `are what the sources give${reason}`,
    async () => {
      expect(await differences(join(root, 'imports'), await generate(sources, fromDirectory(copies ?? '')))).toEqual([]);
    },
    180_000, // cdk8s, and 4 MB of YAML,
  );
});

const structs = coreTypesOfTest();

function coreTypesOfTest(): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map([
    ['PodSecurityContext', new Set(['runAsUser', 'fsGroup'])],
    ['ResourceRequirements', new Set(['limits', 'requests'])],
    ['SecurityContext', new Set(['runAsUser', 'capabilities'])],
    ['Toleration', new Set(['key'])],
  ]);
}

/** The file of a chart without its first line, which is the same in all. */
function valuesOf(chart: Partial<ChartValues>): string {
  const text = valuesFile({ name: 'ferry', schema: undefined, defaults: {}, corrections: [], ...chart }, structs);
  return text.replace(/^.*\n\n?/, '');
}

function kindsOf(...documents: readonly unknown[]) {
  return servedKinds('harbour', documents);
}

function groupOf(...documents: readonly unknown[]): string {
  return groupFile(kindsOf(...documents));
}

function version(name: string, { served = true, storage = false, schema = {} }): unknown {
  return { name, served, storage, schema: { openAPIV3Schema: { type: 'object', properties: { status: { type: 'object' } }, ...schema } } };
}

function crd(kind: string, versions: readonly unknown[]): unknown {
  const plural = `${kind.toLowerCase()}s`;
  return { kind: 'CustomResourceDefinition', spec: { group: 'example.org', scope: 'Cluster', names: { kind, plural }, versions } };
}

const text = { type: 'string' };
const intOrString = { anyOf: [{ type: 'integer' }, text], 'x-kubernetes-int-or-string': true };
const ferry = crd('Ferry', [
  version('v1', {
    storage: true,
    schema: {
      required: ['spec'],
      properties: {
        apiVersion: text,
        kind: text,
        metadata: { type: 'object' },
        status: { type: 'object', properties: { ready: { type: 'boolean' } } },
        spec: {
          description: 'not wanted',
          required: ['route'],
          properties: {
            route: { ...text, enum: ['east', 'west', ''] },
            departs: { ...text, format: 'date-time' },
            port: intOrString,
            ports: { type: 'object', additionalProperties: { type: 'array', items: intOrString } },
            labels: { type: 'object', additionalProperties: text },
            free: { type: 'object' },
            anything: { 'x-kubernetes-preserve-unknown-fields': true },
            fares: {
              type: 'array',
              items: { type: 'object', required: ['amount'], properties: { amount: { type: 'number' }, 'currency-code': text } },
            },
            vessel: {
              type: 'object',
              'x-kubernetes-preserve-unknown-fields': true,
              required: ['decks'],
              properties: { decks: { type: 'integer' }, electric: { type: 'boolean' }, captain: text },
            },
          },
        },
      },
    },
  }),
]);
