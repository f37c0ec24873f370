// refused: write the list in place, without a choice, so that it can be checked
import type { Deployed } from '../../src/flux';
import { cluster, ferry, postgre } from './fixture';

const any: Deployed = cluster.deploy(postgre);
cluster.deploy(ferry, { dependsOn: [any] });
