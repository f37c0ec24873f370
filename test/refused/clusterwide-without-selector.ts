// refused: Property 'endpoints' is missing
import { CiliumClusterwideNetworkPolicy, toDns } from '../../src/manifests';
import { postgre } from './fixture';

new CiliumClusterwideNetworkPolicy(postgre, 'allow-dns', { egress: [toDns()] });
