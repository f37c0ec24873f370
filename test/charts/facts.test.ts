import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { charts, factsOf, groupsOf } from '../../src/charts';
import type { KubernetesObject } from '../../src/flux';

const ROOT = join(__dirname, '..', '..');
const sources: { charts: readonly { name: string; version: string; repository: string }[] } = parse(
  readFileSync(join(ROOT, 'imports', 'sources.yaml'), 'utf8'),
);

test.each(sources.charts)('$name: the facts are those of the version that its values are typed from', ({ name, version, repository }) => {
  const facts = charts.find(({ chart }) => chart === name);
  expect(facts).toMatchObject({ version });
  expect(facts?.repositories).toContain(repository.replace(/\/$/, ''));
  expect(existsSync(join(ROOT, 'src', 'charts', `${name}.ts`))).toBe(true);
});

/** Keys that charts know, so that random values get somewhere. */
const key = fc.constantFrom(
  ...['crds', 'enabled', 'create', 'install', 'webhook', 'config', 'webhooks', 'namespaceSelector', 'matchExpressions', 'prometheus'],
  ...['hubble', 'metrics', 'grafana', 'operator', 'fullnameOverride', 'validatingWebhookExemptNamespacesLabels', 'groups', 'relay', 'tls'],
  ...['validatingWebhookCustomRules', 'prometheusOperator', 'admissionWebhooks', 'annotations', 'nameOverride', 'namespaceOverride'],
);
const anything = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(true, false, null, 0, 1, '', 'Fail', 'text', { toString: 1, valueOf: 1 }),
    fc.dictionary(key, tie('node')),
    fc.array(tie('node'), { maxLength: 3 }),
  ),
})).node;

test('whatever stands among the values, the facts are told and nothing is thrown', () => {
  fc.assert(
    fc.property(anything, fc.constantFrom(...charts), (values, { brings }) => {
      const { crds, webhooks } = brings(values, { name: 'ferry', namespace: 'harbour' });
      expect([...crds, ...webhooks].every((one) => typeof one === 'object')).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

function release(chart: string, spec: object = {}, version = '*'): KubernetesObject {
  const template = { spec: { chart, version, sourceRef: { kind: 'HelmRepository', name: 'charts' } } };
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: chart, namespace: 'ferry' },
    ...{ spec: { chart: template, ...spec } },
  };
}

function source(kind: string, spec: object): KubernetesObject {
  return { apiVersion: 'source.toolkit.fluxcd.io/v1', kind, metadata: { name: 'charts', namespace: 'flux-system' }, ...{ spec } };
}

test('cert-manager brings its CRDs only where it is told to, and keeps them unless it is told not to', () => {
  const crds = (values: object) => factsOf(release('cert-manager', { values }))?.brought.crds.map(({ group, from }) => `${group} ${from}`);
  expect(crds({})).toEqual([]);
  expect(crds({ crds: { enabled: true } })).toEqual(['cert-manager.io templates, kept', 'acme.cert-manager.io templates, kept']);
  expect(crds({ installCRDs: true, crds: { keep: false } })).toEqual(['cert-manager.io templates', 'acme.cert-manager.io templates']);
});

test('CRDs of a folder are not brought where the release skips them; those of templates are', () => {
  const skip = { install: { crds: 'Skip' } };
  expect(factsOf(release('gatekeeper', skip))?.brought.crds).toEqual([]);
  expect(groupsOf(release('gatekeeper'))).toContain('templates.gatekeeper.sh');
  expect(groupsOf(release('longhorn', skip))).toEqual(['longhorn.io']);
});

test('CRDs whose switch may lie elsewhere may be brought', () => {
  const open = { valuesFrom: [{ kind: 'ConfigMap', name: 'cert-manager-values' }] };
  expect(groupsOf(release('cert-manager'))).toEqual([]);
  expect(groupsOf(release('cert-manager', open))).toEqual(['cert-manager.io', 'acme.cert-manager.io']);
});

test('a constraint that leaves out the version that was read is not exact', () => {
  const exact = (version: string) => factsOf(release('cert-manager', {}, version))?.exactVersion;
  expect([exact('v1.19.x'), exact('1.19.3'), exact('>=1.0.0 <2.0.0'), exact('v1.20.x'), exact('1.19.4')]).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('a chart by reference is known by the last step of its address', () => {
  const byRef = release('', { chart: undefined, chartRef: { kind: 'OCIRepository', name: 'charts' } });
  const oci = source('OCIRepository', { url: 'oci://ghcr.io/somebody/mirror/kyverno', ref: { tag: '3.6.3' } });
  expect(factsOf(byRef, oci)).toMatchObject({ facts: { chart: 'kyverno' }, exactVersion: true });
  expect(factsOf(byRef)).toBeUndefined();
});

test('a name that two publishers use is told apart by its address', () => {
  const at = (url: string) => factsOf(release('redis'), source('HelmRepository', { url }))?.facts.chart;
  expect(at('oci://registry-1.docker.io/bitnamicharts')).toBe('redis');
  expect(at('oci://registry-1.docker.io/cloudpirates')).toBeUndefined();
  expect(factsOf(release('redis'))).toBeUndefined();
});

test('of other charts it is known whose groups they bring', () => {
  expect(groupsOf(release('keda'))).toEqual(['keda.sh', 'eventing.keda.sh']);
  expect(groupsOf(release('ferry'))).toEqual([]);
});

test('the release is named as Helm names it', () => {
  const named = (spec: object) => factsOf(release('reloader', spec))?.release;
  expect(named({})).toEqual({ name: 'reloader', namespace: 'ferry' });
  expect(named({ targetNamespace: 'harbour' })).toEqual({ name: 'harbour-reloader', namespace: 'harbour' });
  expect(named({ targetNamespace: 'harbour', releaseName: 'quay' })).toEqual({ name: 'quay', namespace: 'harbour' });
});

test('values from elsewhere leave open what the release does not state', () => {
  expect(factsOf(release('cilium', { valuesFrom: [{ kind: 'ConfigMap', name: 'cilium-values' }] }))?.openValues).toBe(true);
});

test('monitors that a chart would make are told with the value that switches them', () => {
  const monitors = (chart: string, values: object) => factsOf(release(chart, { values }))?.brought.monitors.map(({ at }) => at);
  expect(monitors('velero', { metrics: { serviceMonitor: { enabled: true } } })).toEqual(['metrics.serviceMonitor.enabled']);
  expect(monitors('velero', { metrics: { enabled: false, serviceMonitor: { enabled: true } } })).toEqual([]);
  expect(monitors('kube-prometheus-stack', {})).toHaveLength(8);
});
