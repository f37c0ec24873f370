import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createColors } from 'picocolors';
import { parseAllDocuments } from 'yaml';
import type { Engine } from '../../src/cli/engine';
import { performRender, type RenderOptions } from '../../src/cli/render';
import { type FluxKustomization, inspect, type Repository } from '../../src/effective';
import { layout, texts } from '../../src/flux';
import { filesFrom } from '../../src/kustomize';
import { office, sketch } from '../support/ferry';
import { type Ran, recorded } from '../support/streams';

const made = sketch();
office(made);
office(made, 'harbour');
const tree = texts(layout(made.repo));

function engine(change: (repository: Repository) => Repository = (repository) => repository): Engine {
  return {
    rules: [],
    own: () => ({ repository: change(inspect(filesFrom(tree))), findings: [] }),
    inspect: (files) => inspect(files),
    examine: (repository) => ({ repository, findings: [] }),
  };
}

function ran(options: RenderOptions, one = engine(), colours = createColors(false)): Ran {
  return recorded((streams) => performRender(one, options, streams, colours));
}

/** The repository, with one of its Flux Kustomizations changed. */
function changed(name: string, change: (one: FluxKustomization) => FluxKustomization) {
  return (repository: Repository): Repository => ({
    ...repository,
    clusters: repository.clusters.map((cluster) => ({
      ...cluster,
      kustomizations: cluster.kustomizations.map((one) => (one.name === name ? change(one) : one)),
    })),
  });
}

test('one Flux Kustomization, by either of its names, object by object, each with its file', () => {
  const { code, out, err } = ran({ cluster: 'office', kustomization: 'ferry' });
  expect([code, err]).toEqual([0, '']);
  expect(out.match(/^# .*/gm)).toEqual(['namespace', 'settings', 'allow-k8s-api'].map((file) => `# namespaces/ferry/${file}.yaml`));
  expect(out.split('---\n')[0]).toMatchInlineSnapshot(`
"# namespaces/ferry/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: ferry
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: latest
    config.linkerd.io/admission-webhooks: disabled
  annotations:
    linkerd.io/inject: disabled
"
`);
  expect(ran({ cluster: 'clusters/office', kustomization: 'flux-system/ferry' }).out).toBe(out);
});

test('a whole cluster is one stream that reads back as its objects, in order', () => {
  const [cluster] = inspect(filesFrom(tree)).clusters;
  const documents = parseAllDocuments(ran({ cluster: cluster?.name ?? '' }).out).map((one) => ('toJS' in one ? one.toJS() : undefined));
  expect(documents).toEqual(cluster?.kustomizations.flatMap(({ objects }) => objects.map(({ object }) => object)));
  expect(documents.length).toBeGreaterThan(5);
});

test('a folder on disk gives the same', () => {
  const base = fs.mkdtempSync(join(tmpdir(), 'strata-render-'));
  for (const [path, text] of tree) {
    fs.mkdirSync(dirname(join(base, path)), { recursive: true });
    fs.writeFileSync(join(base, path), text);
  }
  expect(ran({ cluster: 'office', dir: base })).toEqual(ran({ cluster: 'office' }));
  fs.rmSync(base, { recursive: true });
});

test('colours are added, and change no character', () => {
  const coloured = ran({ cluster: 'office' }, engine(), createColors(true)).out;
  expect(coloured).toContain('\u001b[2m# ');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(ran({ cluster: 'office' }).out);
});

test('the values of a Secret are not printed, but what SOPS made of them', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'ferry' },
    data: { password: 'aHVudGVyMg==', token: 'ENC[AES256_GCM,data:x]' },
    stringData: { user: 'hunter2' },
    type: 'Opaque',
  };
  const one = engine(
    changed('ferry', (ferry) => ({
      ...ferry,
      objects: [{ object: secret, unsubstituted: secret, origin: { path: 'secret.yaml', index: 0 }, owner: ferry }],
    })),
  );
  expect(ran({ cluster: 'office', kustomization: 'ferry' }, one).out).toMatchInlineSnapshot(`
"# secret.yaml
apiVersion: v1
kind: Secret
metadata:
  name: ferry
data:
  password: (withheld)
  token: ENC[AES256_GCM,data:x]
stringData:
  user: (withheld)
type: Opaque
"
`);
});

test('a field that holds a variable of a Secret is not printed', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { url: 'https://hunter2@a', hosts: ['a', 'hunter2', 'ENC[x]'] },
  };
  const unknown = new Set(['data.url', 'data.hosts.1', 'data.hosts.2']);
  const one = engine(
    changed('ferry', (ferry) => ({
      ...ferry,
      objects: [{ object, unsubstituted: object, origin: { path: 'a.yaml', index: 0 }, owner: ferry, unknown }],
    })),
  );
  expect(ran({ cluster: 'office', kustomization: 'ferry' }, one).out).toMatchInlineSnapshot(`
"# a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  url: (secret, or not known here)
  hosts:
    - a
    - (secret, or not known here)
    - ENC[x]
"
`);
});

test('names that there are not, with what was probably meant', () => {
  const said = [{ cluster: 'ofice' }, { cluster: 'office', kustomization: 'fery' }, { cluster: 'office', kustomization: '' }].map(
    (options) => ran(options),
  );
  expect(said.map(({ err }) => err).join('\n')).toMatchInlineSnapshot(`
"command line: no-such-name
  what   "ofice" names no cluster of this repository
  where  strata render <cluster> [kustomization]
  why    there is nothing that could be printed
  fix    did you mean office? name one of: harbour, office

command line: no-such-name
  what   "fery" names no Flux Kustomization of office
  where  strata render <cluster> [kustomization]
  why    there is nothing that could be printed
  fix    did you mean ferry? name one of: cluster-secrets, ferry, flux-system, network

command line: no-such-name
  what   "" names no Flux Kustomization of office
  where  strata render <cluster> [kustomization]
  why    there is nothing that could be printed
  fix    name one of: cluster-secrets, ferry, flux-system, network
"
`);
  expect(said.map(({ code, out }) => [code, out])).toEqual(Array(3).fill([2, '']));
});

test.each([
  ['fails', 1],
  ['unsupported', 1],
  ['foreign', 0],
] as const)('what could not be built, since it %s, is said beside the rest, and ends with %i', (kind, code) => {
  const failure = { kind, file: 'namespaces/ferry/kustomization.yaml', what: 'accumulating resources: no such file' };
  const { err, out, ...rest } = ran({ cluster: 'office' }, engine(changed('ferry', (ferry) => ({ ...ferry, objects: [], failure }))));
  expect(rest.code).toBe(code);
  expect(out).toContain('kind: Kustomization');
  expect(err).toContain('  what   accumulating resources: no such file\n  where  office: flux-system/ferry\n');
});

test('an object that YAML cannot hold is said, and the rest is printed', () => {
  const odd = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'odd' }, data: { a: Number.NaN } };
  const one = engine(
    changed('ferry', (ferry) => ({
      ...ferry,
      objects: [{ object: odd, unsubstituted: odd, origin: { path: 'odd.yaml', index: 0 }, owner: ferry }, ...ferry.objects],
    })),
  );
  const { code, out, err } = ran({ cluster: 'office', kustomization: 'ferry' }, one);
  expect([code, err.split('\n')[0]]).toEqual([1, 'odd.yaml: not-printable']);
  expect(out).toBe(ran({ cluster: 'office', kustomization: 'ferry' }).out);
});
