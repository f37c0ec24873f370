import { statusBlind } from '../../src/policy/rules/status-blind';
import { cluster, flux, namespace, object } from '../support/documents';
import { testRule } from '../support/rule-tester';

const DATABASE = object('postgre', 'postgresql.cnpg.io/v1', 'Cluster', 'postgre/postgre');
const FERRY = cluster(flux('ferry', { dependsOn: ['postgre'] }), namespace('ferry'));
const asks = (entry: object) => ({ healthCheckExprs: [{ current: 'true', ...entry }] });

testRule(statusBlind, {
  allowed: {
    'asked for by an expression': cluster(flux('postgre', asks({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster' })), DATABASE, FERRY),
    'an expression for the whole group, in another version': cluster(
      flux('postgre', asks({ apiVersion: 'postgresql.cnpg.io/v2' })),
      DATABASE,
      FERRY,
    ),
    'nobody waits for it': cluster(flux('postgre'), DATABASE, flux('ferry'), namespace('ferry')),
    'it waits for nothing': cluster(flux('postgre', { wait: false }), DATABASE, FERRY),
    'a kind of the same name': cluster(flux('postgre'), object('postgre', 'cluster.x-k8s.io/v1', 'Cluster', 'postgre/postgre'), FERRY),
  },
  refused: {
    'no expression at all': [
      cluster(flux('postgre'), DATABASE, FERRY),
      `
      clusters/test/infrastructure.yaml: status-blind (warning)
        what   flux-system/postgre waits for Cluster objects, which look ready before their controller has seen them, and ferry waits for postgre
        where  Kustomization flux-system/postgre, spec.healthCheckExprs
        why    wait passes in the first poll, seconds before the thing works, and those who depend on it begin too early
        fix    add {apiVersion: postgresql.cnpg.io/v1, kind: Cluster, current: "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')"}`,
    ],
    'one for another kind': [
      cluster(flux('postgre', asks({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Pooler' })), DATABASE, FERRY),
      `
      clusters/test/infrastructure.yaml: status-blind (warning)
        what   flux-system/postgre waits for Cluster objects, which look ready before their controller has seen them, and ferry waits for postgre
        where  Kustomization flux-system/postgre, spec.healthCheckExprs
        why    wait passes in the first poll, seconds before the thing works, and those who depend on it begin too early
        fix    add {apiVersion: postgresql.cnpg.io/v1, kind: Cluster, current: "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')"}`,
    ],
  },
});
