// refused: '"NFS_SERVR"' is not assignable to parameter of type 'keyof ClusterVariables'
import { variable } from '../../src/variables';

variable('NFS_SERVR');
