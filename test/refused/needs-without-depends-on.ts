// refused: Expected 2 arguments, but got 1.
import { cluster, ferry } from './fixture';

cluster.deploy(ferry);
