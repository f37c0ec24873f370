// refused: write the list in place, without a choice, so that it can be checked
import { cluster, ferry, postgre, secrets } from './fixture';

const [one, other] = [cluster.deploy(postgre), cluster.deploy(secrets)] as const;
cluster.deploy(ferry, { dependsOn: [one, cluster.name === 'office' ? one : other] });
