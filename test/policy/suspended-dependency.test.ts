import { suspendedDependency } from '../../src/policy/rules/suspended-dependency';
import { clusterCase, helmRelease } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const CHILD = `# namespaces/apps/web.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web, namespace: flux-system }
spec: { interval: 5m, suspend: true, path: ./namespaces/redis, sourceRef: { kind: GitRepository, name: flux-system } }`;

testRule(suspendedDependency, {
  allowed: {
    'nobody waits for it': clusterCase({ longhorn: {}, redis: { suspend: true, dependsOn: [{ name: 'longhorn' }] } }),
    'it is not suspended': clusterCase({ longhorn: { suspend: false }, redis: { dependsOn: [{ name: 'longhorn' }] } }),
    'a release of that name in another namespace': clusterCase(
      { ferry: {}, harbour: {} },
      helmRelease('ferry', 'web', { dependsOn: [{ name: 'db' }] }),
      helmRelease('ferry', 'db'),
      helmRelease('harbour', 'db', { suspend: true }),
    ),
  },
  refused: {
    'others depend on it': [
      clusterCase({
        longhorn: { suspend: true },
        redis: { dependsOn: [{ name: 'longhorn' }] },
        ferry: { dependsOn: [{ name: 'longhorn' }] },
      }),
      `
      clusters/test/infrastructure.yaml: suspended-dependency (warning)
        what   suspended, while flux-system/redis and flux-system/ferry wait for it
        where  Kustomization flux-system/longhorn, spec.suspend
        why    it keeps the revision it had, so from the next commit on those that wait for it stand still; never applied, it blocks them for good
        fix    resume it, or let the others not wait for it`,
    ],
    'its parent waits for it': [
      clusterCase({ redis: {}, apps: {} }, CHILD),
      `
      namespaces/apps/web.yaml: suspended-dependency (warning)
        what   suspended, while flux-system/apps waits for it
        where  Kustomization flux-system/web, spec.suspend
        why    it keeps the revision it had, so from the next commit on those that wait for it stand still; never applied, it blocks them for good
        fix    resume it, or let the other not wait for it`,
    ],
    'a release depends on it': [
      clusterCase(
        { ferry: {} },
        helmRelease('ferry', 'web', { dependsOn: [{ name: 'db' }] }),
        helmRelease('ferry', 'db', { suspend: true }),
      ),
      `
      namespaces/ferry/db.yaml: suspended-dependency (warning)
        what   suspended, while HelmRelease ferry/web waits for it
        where  HelmRelease ferry/db, spec.suspend
        why    on a cluster where it was never installed it does not become ready, and the others wait for ever
        fix    resume it, or take it out of the dependsOn of the others while it is suspended`,
    ],
  },
});
