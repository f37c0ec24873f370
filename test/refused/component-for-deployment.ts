// refused: 'Secrets' is not assignable to type 'Deployed
import { cluster, postgre, secrets } from './fixture';

cluster.deploy(postgre, { dependsOn: [secrets] });
