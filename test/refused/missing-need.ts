// refused: ferry needs cluster-secrets: add it to dependsOn
import { cluster, ferry, postgre } from './fixture';

cluster.deploy(ferry, { dependsOn: [cluster.deploy(postgre)] });
