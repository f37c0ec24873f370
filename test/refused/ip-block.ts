// refused: behind Cilium an ipBlock matches neither pods nor nodes: use a CiliumNetworkPolicy
import { NetworkPolicy } from '../../src/manifests';
import { postgre } from './fixture';

new NetworkPolicy(postgre, 'allow-api', { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '10.96.0.1/32' } }] }] });
