// refused: write the list in place, without a choice, so that it can be checked
import { cluster, ferry, postgre, secrets } from './fixture';

const list = [cluster.deploy(postgre), cluster.deploy(secrets)];
cluster.deploy(ferry, { dependsOn: list });
