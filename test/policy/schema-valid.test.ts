import { schemaValid } from '../../src/policy/rules/schema-valid';
import { findings, testRule, yaml } from '../support/rule-tester';

const WHY = 'the API server refuses the object, and Flux applies nothing of that stage';

testRule(schemaValid, {
  allowed: {
    'an object as its schema has it': yaml`
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: { name: ferry, namespace: ferry }
      spec: { secretName: ferry-tls, dnsNames: [ferry.example.org], issuerRef: { name: ca, kind: ClusterIssuer } }`,
    'a word that Flux Operator adds to the CRDs it installs': yaml`
      apiVersion: notification.toolkit.fluxcd.io/v1beta3
      kind: Alert
      metadata: { name: ferry, namespace: ferry }
      spec: { providerRef: { name: chat }, eventSources: [{ kind: FluxInstance, name: flux }] }`,
    'a variable that was not put in, since another of the same object has no value': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        interval: 5m
        path: ./namespaces/ferry
        prune: false
        sourceRef: { kind: GitRepository, name: flux-system }
        postBuild: { substitute: { SIZE: 4Gi } }
      ---
      # namespaces/ferry/volume.yaml
      apiVersion: v1
      kind: PersistentVolume
      metadata: { name: ferry }
      spec: { capacity: { storage: "\${SIZE}" }, volumeMode: "\${MODE}", accessModes: [ReadWriteOnce], hostPath: { path: /srv } }`,
    'a kind of which nothing is known': yaml`
      apiVersion: example.org/v1
      kind: Berth
      metadata: { name: ferry, namespace: ferry }
      spec: { any: thing }`,
    'a Secret that SOPS keeps': yaml`
      apiVersion: v1
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      data: { password: "ENC[AES256_GCM,data:abc=,iv:a=,tag:b=,type:str]" }
      sops: { mac: "ENC[AES256_GCM,data:abc=,iv:a=,tag:b=,type:str]" }`,
    'what ssa-duplicate-keys says of a pod': yaml`
      apiVersion: v1
      kind: Pod
      metadata: { name: ferry, namespace: ferry }
      spec: { containers: [{ name: ferry, env: [{ name: A, value: b }, { name: A, value: c }] }] }`,
  },
  refused: {
    'a field that the CRD of another version may have': [
      yaml`
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: { name: ferry, namespace: ferry }
      spec: { secretName: ferry-tls, dnsName: [ferry.example.org], issuerRef: { name: ca, kind: ClusterIssuer } }`,
      `
      namespaces/ferry/0.yaml: schema-valid (warning)
        what   there is no field dnsName here
        where  Certificate ferry/ferry, spec.dnsName
        why    the CRD that strata knows has it otherwise; where the cluster has the same version, the API server refuses the object
        fix    write dnsNames`,
    ],
    'the same, where the release of that CRD is the version that is known': [
      yaml`
      # namespaces/ferry/certificate.yaml
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: { name: ferry, namespace: ferry }
      spec: { secretName: ferry-tls, dnsName: [ferry.example.org], issuerRef: { name: ca, kind: ClusterIssuer } }
      ---
      # namespaces/cert-manager/helm-release.yaml
      kind: HelmRelease
      metadata: { name: cert-manager, namespace: cert-manager }
      spec:
        interval: 1h
        chart: { spec: { chart: cert-manager, version: v1.19.3, sourceRef: { kind: HelmRepository, name: jetstack } } }
        values: { crds: { enabled: true } }`,
      `
      namespaces/ferry/certificate.yaml: schema-valid
        what   there is no field dnsName here
        where  Certificate ferry/ferry, spec.dnsName
        why    ${WHY}
        fix    write dnsNames`,
    ],
    'a misspelt field, a number for text': [
      yaml`
      apiVersion: v1
      kind: Service
      metadata: { name: ferry, namespace: ferry, labels: { version: 1.5 } }
      spec: { ports: [{ port: 80, targetport: http }] }`,
      `
      namespaces/ferry/0.yaml: schema-valid
        what   1.5 is not text
        where  Service ferry/ferry, metadata.labels.version
        why    ${WHY}
        fix    put it in quotes: "1.5"
      namespaces/ferry/0.yaml: schema-valid
        what   there is no field targetport here
        where  Service ferry/ferry, spec.ports[0].targetport
        why    ${WHY}
        fix    write targetPort`,
    ],
    'a rule of the CRD': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { interval: 5m, chart: { spec: { chart: ferry, sourceRef: { kind: HelmRepository, name: ferry } } }, chartRef: { kind: OCIRepository, name: ferry } }`,
      `
      namespaces/ferry/0.yaml: schema-valid
        what   either chart or chartRef must be set
        where  HelmRelease ferry/ferry, spec
        why    ${WHY}
        fix    keep to the rule (has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))`,
    ],
  },
});

const crd = (rule: string) => `# namespaces/ferry/crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: berths.example.org }
spec:
  group: example.org
  scope: Namespaced
  names: { kind: Berth, plural: berths }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: { spec: { type: object, properties: { depth: { type: integer } }, x-kubernetes-validations: [{ rule: ${JSON.stringify(rule)} }] } }
`;
const berth = (spec: string) => `# namespaces/ferry/berth.yaml
apiVersion: example.org/v1
kind: Berth
metadata: { name: ferry, namespace: ferry }
spec: ${spec}
`;

test("a CRD of the tree tells what the tree's own kinds are", () => {
  const found = findings(schemaValid, [crd('self.depth > 3'), berth('{ dept: 5 }')].join('---\n'));
  expect(found.map(({ what, where, fix }) => [what, where, fix])).toEqual([
    ['there is no field dept here', 'Berth ferry/ferry, spec.dept', 'write depth'],
  ]);
});

test('a rule that cannot be evaluated is told, not as a mistake', () => {
  const [finding, ...others] = findings(
    schemaValid,
    [crd('quantity(string(self.depth)).isInteger()'), berth('{ depth: 5 }')].join('---\n'),
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: 'info', where: 'Berth ferry/ferry, spec' });
  expect(finding?.what).toMatch(/^the rule quantity\(string\(self.depth\)\).isInteger\(\) could not be checked: /);
});
