import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import type { ReloaderValues } from '../../imports/charts/reloader';
import { judged } from '../../src/cli/synth';
import { Cluster, Component, FluxRepo, say } from '../../src/flux';
import { HelmRelease, HelmRepository, Namespace } from '../../src/manifests';
import { rules } from '../../src/policy';
import type { ClusterVariables } from '../../src/variables';
import { schemaSource } from '../support/schema-source';

const context = { schemas: schemaSource, today: '2026-01-01' };

test.each(rules)('$name lies in a file of its name, and has a test of its own', ({ name, claim, because }) => {
  expect(existsSync(join(__dirname, '..', '..', 'src', 'policy', 'rules', `${name}.ts`))).toBe(true);
  expect(existsSync(join(__dirname, `${name}.test.ts`))).toBe(true);
  expect([claim, because].filter((text) => text.length < 10 || text.endsWith('.'))).toEqual([]);
});

test('every file of a rule is listed', () => {
  const files = readdirSync(join(__dirname, '..', '..', 'src', 'policy', 'rules')).filter((file) => file !== 'index.ts');
  expect(rules.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
});

/** A component that keeps a raw NetworkPolicy with an ipBlock, and accepts what it is told to. */
class Ferry extends Component<'ferry'> {
  constructor(repo: FluxRepo, accepted: string) {
    super(repo, 'ferry');
    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    new ApiObject(this, 'allow-office', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'allow-office', namespace: 'ferry' },
      spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }] },
    });
    this.accept(accepted, 'the office has no other name');
  }
}

function findings(accepted: string): readonly string[] {
  const repo = new FluxRepo({ url: 'ssh://git@example.org/infra.git', branch: 'main' });
  new Cluster(repo, 'north', { variables: {} as ClusterVariables }).deploy(new Ferry(repo, accepted));
  return judged(repo, context).findings.map(say);
}

test('an acceptance lets its own component break the rule', () => {
  expect(findings('no-ip-block')).toEqual([]);
});

test('an acceptance of what nothing breaks is a finding, and what breaks stays one', () => {
  expect(findings('monitors-apart').join('\n\n')).toMatchInlineSnapshot(`
"namespaces/ferry/allow-office.yaml: no-ip-block
  what   a NetworkPolicy with ipBlock
  where  NetworkPolicy ferry/allow-office, spec.ingress[0].from[0].ipBlock.cidr
  why    behind Cilium an address range never matches pods or nodes, so the API server is cut off
  fix    write a CiliumNetworkPolicy with toKubeApi(), toEntities() or toNamespace()

src/components/ferry.ts: unused-acceptance
  what   it accepts monitors-apart, which nothing in it breaks
  where  this.accept('monitors-apart', 'the office has no other name')
  why    a leftover exception would let the next mistake through
  fix    remove the line, or correct the name of the rule"
`);
});

test('what a patch makes of an object is held against the rules too, in each cluster', () => {
  const repo = new FluxRepo({ url: 'ssh://git@example.org/infra.git', branch: 'main' });
  class Harbour extends Component<'harbour'> {
    readonly release: HelmRelease<ReloaderValues>;

    constructor() {
      super(repo, 'harbour');
      new Namespace(this, 'namespace', { podSecurity: 'restricted' });
      const repository = new HelmRepository(this, 'helm-repository', { url: 'https://charts.example.org' });
      this.release = new HelmRelease<ReloaderValues>(this, 'helm-release', {
        chart: { repository, name: 'reloader', version: '2.2.x' },
        crds: 'Skip',
        values: { reloader: { logLevel: 'info' } },
      });
    }
  }
  const harbour = new Harbour();
  for (const name of ['north', 'south']) {
    const cluster = new Cluster(repo, name, { variables: {} as ClusterVariables });
    cluster.deploy(harbour, { patches: [harbour.release.patch({ values: { reloader: { serviceMonitor: { enabled: true } } } })] });
  }
  const said = judged(repo, context).findings.filter(({ severity }) => severity !== 'info');
  expect(said.map(say).join('\n\n')).toMatchInlineSnapshot(`
"clusters/north/infrastructure.yaml: no-chart-service-monitor
  what   the chart would create a ServiceMonitor of its own, and nothing before it brings the CRD
  where  HelmRelease harbour/harbour, spec.values.reloader.serviceMonitor.enabled, as patched in north
  why    on a cluster without the CRD the install fails, and what was installed is taken away again or left half done
  fix    set it to false and define the monitor in harbour-monitoring

clusters/south/infrastructure.yaml: no-chart-service-monitor
  what   the chart would create a ServiceMonitor of its own, and nothing before it brings the CRD
  where  HelmRelease harbour/harbour, spec.values.reloader.serviceMonitor.enabled, as patched in south
  why    on a cluster without the CRD the install fails, and what was installed is taken away again or left half done
  fix    set it to false and define the monitor in harbour-monitoring"
`);
});
