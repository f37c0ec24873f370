import { Schemas } from '../../src/schema';
import { schemaSource } from '../support/schema-source';

const schemas = Schemas.from(schemaSource.load);
const problems = (chart: string, version: string | undefined, values: unknown, repository?: string) =>
  schemas.validateValues(chart, version, values, repository)?.map(({ at, kind, fix }) => `${at} ${kind}: ${fix}`);

describe('values of a chart', () => {
  test('that are known pass', () => {
    const resources = { requests: { cpu: 1, memory: '64Mi' } };
    expect(
      problems('cert-manager', '1.19.x', { replicaCount: 2, webhook: { replicaCount: 2, resources }, crds: { enabled: true } }),
    ).toEqual([]);
    expect(problems('kube-prometheus-stack', '81.6.9', { grafana: { persistence: { storageClassName: 'longhorn' } } })).toEqual([]);
  });

  test('that are misspelt are told, with what was meant', () => {
    expect(problems('cert-manager', 'v1.19.3', { webhook: { replicas: 2, replicaCuont: 2 } })).toEqual([
      'webhook.replicas unknown-field: write replicaCount',
      'webhook.replicaCuont unknown-field: write replicaCount',
    ]);
    expect(problems('cert-manager', 'v1.19.3', { crds: { wanted: true } })).toEqual([
      'crds.wanted unknown-field: take it out, or write enabled or keep',
    ]);
    expect(problems('cilium', '1.16.5', { kubeproxyReplacement: true })).toEqual([
      'kubeproxyReplacement unknown-field: write kubeProxyReplacement',
    ]);
    expect(problems('redis', '22.0.x', { master: { resources: { limit: {} } } })).toEqual([
      'master.resources.limit unknown-field: write limits',
    ]);
  });

  test('have the types of the chart', () => {
    expect(problems('cert-manager', 'v1.19.3', { replicaCount: '2' })).toEqual(['replicaCount type: write it without quotes: 2']);
    expect(problems('cilium', '1.16.5', { kubeProxyReplacement: 'true' })).toEqual([]);
    expect(problems('cilium', '1.16.5', { kubeProxyReplacement: 1 })).toEqual(['kubeProxyReplacement type: write true or false or text']);
  });

  test('may take a default away, and say anything to subcharts and to all charts', () => {
    expect(problems('cert-manager', 'v1.19.3', { affinity: null, webhook: { resources: null }, global: { imageRegistry: 'a' } })).toEqual(
      [],
    );
    expect(problems('kube-prometheus-stack', '81.6.9', { 'prometheus-windows-exporter': { a: 1 }, grafana: { global: { b: 1 } } })).toEqual(
      [],
    );
    expect(problems('redis', '22.0.7', { common: { exampleValue: 'a' }, commonLabels: { any: 'key' } })).toEqual([]);
  });

  test('of a struct and keys of the chart together take both', () => {
    expect(
      problems('redis', '22.0.7', {
        master: { podSecurityContext: { enabled: true, fsGroup: 1001, seccompProfile: { type: 'RuntimeDefault' } } },
      }),
    ).toEqual([]);
    expect(problems('redis', '22.0.7', { master: { podSecurityContext: { enabeld: true } } })).toEqual([
      'master.podSecurityContext.enabeld unknown-field: write enabled',
    ]);
  });

  test('that a correction in sources.yaml describes', () => {
    expect(problems('longhorn', '1.10.2', { persistence: { recurringJobSelector: { jobList: '[]' } } })).toEqual([]);
    expect(problems('linkerd-control-plane', '2025.10.7', { controllerResources: { cpu: { request: '10m' } } })).toEqual([]);
    expect(problems('velero', '11.3.2', { schedules: { daily: { schedlue: '0 1 * * *' } } })).toEqual([
      'schedules.daily.schedlue unknown-field: write schedule',
    ]);
  });
});

describe('nothing is said of', () => {
  const why = (chart: string, version: string | undefined, repository?: string) => {
    expect(schemas.validateValues(chart, version, { no: 'such key' }, repository)).toBeUndefined();
    return schemas.whyNoValues(chart, version, repository);
  };

  test('a chart that is not known', () => {
    expect(why('ferry', '1.x')).toBe('the values of ferry are not known');
    expect(why('../k8s', '1.x')).toBe('the values of ../k8s are not known');
  });

  test('other versions of it, and all of them', () => {
    expect(why('cert-manager', '1.18.x')).toBe('the values of cert-manager are known for v1.19.3, which 1.18.x does not name');
    expect(why('cert-manager', undefined)).toBe('the values of cert-manager are known for v1.19.3, which no version does not name');
    expect(why('cert-manager', '*')).toBeDefined();
    expect(why('cert-manager', 'main')).toBeDefined();
    for (const version of ['v1.19.x', '1.19.3', '>=1.19.0, <1.20.0', '~1.19', '^1.19.2']) {
      expect(schemas.whyNoValues('cert-manager', version)).toBeUndefined();
    }
  });

  test('a chart of the same name from elsewhere', () => {
    expect(why('redis', '22.0.7', 'oci://registry-1.docker.io/cloudpirates')).toContain('not for oci://registry-1.docker.io/cloudpirates');
    expect(schemas.whyNoValues('redis', '22.0.7', 'oci://registry-1.docker.io/bitnamicharts')).toBeUndefined();
    expect(schemas.whyNoValues('cert-manager', '1.19.x', 'https://charts.jetstack.io/')).toBeUndefined();
  });
});

test('a chart that brings a schema is checked by Helm too', () => {
  expect(schemas.chartChecksValues('cert-manager')).toBe(true);
  expect(schemas.chartChecksValues('linkerd-viz')).toBe(false);
});
