import { dependsOnKnown } from '../../src/policy/rules/depends-on-known';
import { clusterCase, helmRelease } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const SOURCE = (url: string) => `# namespaces/sources/gateway.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: gateway, namespace: flux-system }
spec: { interval: 1h, url: ${url}, ref: { branch: main } }`;

/** The source of a second cluster, and its root. */
const OTHER = (kind: string) => `# clusters/other/flux-system/gotk-sync.yaml
apiVersion: ${kind === 'Kustomization' ? 'kustomize' : 'source'}.toolkit.fluxcd.io/v1
kind: ${kind}
metadata: { name: flux-system, namespace: flux-system }
spec: ${kind === 'Kustomization' ? '{ interval: 5m, path: ./clusters/other, sourceRef: { kind: GitRepository, name: flux-system } }' : '{ interval: 1m, url: "ssh://git@example.org/infra.git", ref: { branch: main } }'}`;

/** What no bootstrap writes: somebody applies it by hand, and something else before. */
const WAITING_ROOT = `# clusters/test/flux-system/gotk-sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 5m, path: ./clusters/test, dependsOn: [{ name: secrets }], sourceRef: { kind: GitRepository, name: flux-system } }`;

testRule(dependsOnKnown, {
  allowed: {
    'one of the same namespace, and the root': clusterCase({
      longhorn: {},
      redis: { dependsOn: [{ name: 'longhorn' }, { name: 'flux-system' }] },
    }),
    'a namespace that is named': clusterCase({ longhorn: {}, redis: { dependsOn: [{ name: 'longhorn', namespace: 'flux-system' }] } }),
  },
  refused: {
    'a misspelt name': [
      clusterCase({ longhorn: {}, redis: { dependsOn: [{ name: 'longhron' }] } }),
      `
      clusters/test/infrastructure.yaml: depends-on-known
        what   there is no Flux Kustomization flux-system/longhron
        where  Kustomization flux-system/redis, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    did you mean longhorn? If nothing is meant, remove the entry`,
    ],
    'another namespace': [
      clusterCase({ longhorn: {}, redis: { dependsOn: [{ name: 'longhorn', namespace: 'storage' }] } }),
      `
      clusters/test/infrastructure.yaml: depends-on-known
        what   there is no Flux Kustomization storage/longhorn
        where  Kustomization flux-system/redis, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    add its namespace: flux-system`,
    ],
    'a HelmRelease': [
      clusterCase({ storage: {}, redis: { dependsOn: [{ name: 'longhorn' }] } }, helmRelease('storage', 'longhorn')),
      `
      clusters/test/infrastructure.yaml: depends-on-known
        what   there is no Flux Kustomization flux-system/longhorn
        where  Kustomization flux-system/redis, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    name flux-system/storage, which applies the HelmRelease of that name, and let that wait: nothing waits for a HelmRelease itself`,
    ],
    'one that a part which cannot be built may hold': [
      clusterCase({ apps: { path: './apps' }, redis: { dependsOn: [{ name: 'operator' }] } }),
      `
      clusters/test/infrastructure.yaml: depends-on-known (warning)
        what   there is no Flux Kustomization flux-system/operator, unless flux-system/apps, which could not be built here, has it
        where  Kustomization flux-system/redis, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    add the Flux Kustomization, or remove the entry`,
    ],
    'one of another root, which may be synced into the same cluster': [
      clusterCase(
        { redis: { dependsOn: [{ name: 'operator' }] } },
        ...['GitRepository', 'Kustomization'].map((kind) => OTHER(kind)),
        '# clusters/other/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [ks.yaml]',
        `# clusters/other/ks.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: operator, namespace: flux-system }
spec: { interval: 5m, path: ./namespaces/redis, sourceRef: { kind: GitRepository, name: flux-system } }`,
      ),
      `
      clusters/test/infrastructure.yaml: depends-on-known (warning)
        what   there is no Flux Kustomization flux-system/operator, unless clusters/other, which has it, is synced into the same cluster
        where  Kustomization flux-system/redis, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    add the Flux Kustomization, or remove the entry`,
    ],
    'one that the project of somebody else does not hold': [
      clusterCase(
        {
          crds: { sourceRef: { kind: 'GitRepository', name: 'gateway' }, path: './config' },
          redis: { dependsOn: [{ name: 'operator' }] },
          sources: {},
        },
        SOURCE('https://github.com/kubernetes-sigs/gateway-api'),
      ),
      `
      clusters/test/infrastructure.yaml: depends-on-known
        what   there is no Flux Kustomization flux-system/operator
        where  Kustomization flux-system/redis, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    add the Flux Kustomization, or remove the entry`,
    ],
    'one that another repository of the same owner may hold': [
      clusterCase(
        {
          crds: { sourceRef: { kind: 'GitRepository', name: 'gateway' }, path: './config' },
          redis: { dependsOn: [{ name: 'operator' }] },
          sources: {},
        },
        SOURCE('ssh://git@example.org/apps.git'),
      ),
      `
      clusters/test/infrastructure.yaml: depends-on-known (warning)
        what   there is no Flux Kustomization flux-system/operator, unless flux-system/crds, which could not be built here, has it
        where  Kustomization flux-system/redis, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    add the Flux Kustomization, or remove the entry`,
    ],
    'one that a chart may make': [
      clusterCase(
        { tenants: {}, redis: { dependsOn: [{ name: 'operator' }] } },
        helmRelease('tenants', 'raw', { values: { resources: [{ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }] } }),
      ),
      `
      clusters/test/infrastructure.yaml: depends-on-known (warning)
        what   there is no Flux Kustomization flux-system/operator, unless HelmRelease tenants/raw makes it
        where  Kustomization flux-system/redis, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    add the Flux Kustomization, or remove the entry`,
    ],
    'one that is applied beside a root which waits for something itself': [
      clusterCase({ redis: { dependsOn: [{ name: 'secrets' }] } }, WAITING_ROOT),
      `
      clusters/test/flux-system/gotk-sync.yaml: depends-on-known (warning)
        what   there is no Flux Kustomization flux-system/secrets, unless it is among what is applied beside flux-system/flux-system, which waits for flux-system/secrets
        where  Kustomization flux-system/flux-system, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    add the Flux Kustomization, or remove the entry
      clusters/test/infrastructure.yaml: depends-on-known (warning)
        what   there is no Flux Kustomization flux-system/secrets, unless it is among what is applied beside flux-system/flux-system, which waits for flux-system/secrets
        where  Kustomization flux-system/redis, spec.dependsOn[0]
        why    Flux waits for ever, and reports no failure
        fix    add the Flux Kustomization, or remove the entry`,
    ],
  },
});
