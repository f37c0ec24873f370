// refused: Type 'Ingress' is not assignable to type 'Egress'
import { CiliumNetworkPolicy, fromKubeApi } from '../../src/manifests';
import { postgre } from './fixture';

new CiliumNetworkPolicy(postgre, 'allow-k8s-api', { egress: [fromKubeApi(9443)] });
