import type { ClusterPolicy as ClusterPolicyObject, PolicyException as PolicyExceptionObject } from '../../imports/kyverno.io';
import { condition, kind } from '../flux';

/** kyverno.io/v1 ClusterPolicy. Its webhook fails closed unless `webhookConfiguration.failurePolicy` says Ignore. */
export class ClusterPolicy extends kind<ClusterPolicyObject>('kyverno.io/v1', 'ClusterPolicy', {
  scope: 'Cluster',
  health: condition('Ready'),
}) {}

/** kyverno.io/v2 PolicyException. */
export class PolicyException extends kind<PolicyExceptionObject>('kyverno.io/v2', 'PolicyException') {}
