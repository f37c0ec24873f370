import type { MongodbKubernetesValues } from '../../imports/charts/mongodb-kubernetes';
import { brings } from './brings';
import { isOn } from './switch';
import { WRITES } from './webhook';

/** Chart 1.7.0: crds/, templates/operator.yaml, operator-roles-webhook.yaml; the operator registers its webhooks if its role lets it. */
export const mongodbKubernetes = brings<MongodbKubernetesValues>({
  chart: 'mongodb-kubernetes',
  repositories: ['https://mongodb.github.io/helm-charts'],
  version: '1.7.0',
  crds: 'folder',
  brings: (values) => ({
    crds: [
      { group: 'mongodbcommunity.mongodb.com', kinds: ['MongoDBCommunity'], from: 'crds folder' },
      {
        group: 'mongodb.com',
        kinds: ['ClusterMongoDBRole', 'MongoDB', 'MongoDBMultiCluster', 'MongoDBOpsManager', 'MongoDBSearch', 'MongoDBUser'],
        from: 'crds folder',
      },
    ],
    webhooks: isOn(values.operator?.webhook?.installClusterRole, true)
      ? [
          {
            name: 'mdbpolicy.mongodb.com',
            type: 'validating',
            failurePolicy: 'Ignore',
            sideEffects: 'None',
            rules: [
              {
                groups: ['mongodb.com'],
                versions: ['*'],
                resources: ['mongodb', 'mongodbmulticluster', 'opsmanagers'],
                operations: WRITES,
              },
            ],
            service: 'operator-webhook',
            podPort: 1993,
            pods: { 'app.kubernetes.io/name': 'mongodb-kubernetes-operator' },
            registered: 'run time',
          },
        ]
      : [],
  }),
});
