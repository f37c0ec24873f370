import type {
  CiliumL2AnnouncementPolicy as L2AnnouncementPolicyObject,
  CiliumLoadBalancerIPPool as LoadBalancerIPPoolObject,
} from '../../imports/cilium.io';
import { kind } from '../flux';

/** In Cilium 1.16; a later minor moves the pools to v2 and drops this version. */
const VERSION = 'cilium.io/v2alpha1';

/** cilium.io/v2alpha1 CiliumLoadBalancerIPPool: addresses for Services of type LoadBalancer. Overlapping pools give none. */
export class CiliumLoadBalancerIPPool extends kind<LoadBalancerIPPoolObject>(VERSION, 'CiliumLoadBalancerIPPool', { scope: 'Cluster' }) {}

/** cilium.io/v2alpha1 CiliumL2AnnouncementPolicy: which nodes answer ARP for those addresses. */
export class CiliumL2AnnouncementPolicy extends kind<L2AnnouncementPolicyObject>(VERSION, 'CiliumL2AnnouncementPolicy', {
  scope: 'Cluster',
}) {}
