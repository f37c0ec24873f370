import type * as k8s from '../../imports/k8s';
import { kind } from '../flux';

/** v1 ConfigMap. Flux substitutes `${NAME}` in its data too; write `$NAME` or `$${NAME}` in scripts. */
export class ConfigMap extends kind<k8s.ConfigMap>('v1', 'ConfigMap') {}

/** v1 Service. */
export class Service extends kind<k8s.Service>('v1', 'Service') {}

/** v1 ServiceAccount. */
export class ServiceAccount extends kind<k8s.ServiceAccount>('v1', 'ServiceAccount') {}

/** v1 PersistentVolume. */
export class PersistentVolume extends kind<k8s.PersistentVolume>('v1', 'PersistentVolume', { scope: 'Cluster' }) {}

/** v1 PersistentVolumeClaim. */
export class PersistentVolumeClaim extends kind<k8s.PersistentVolumeClaim>('v1', 'PersistentVolumeClaim') {}

/** apps/v1 Deployment. Leave `replicas` out where a HorizontalPodAutoscaler sets it: each Flux run would take it back. */
export class Deployment extends kind<k8s.Deployment>('apps/v1', 'Deployment') {}

/** batch/v1 CronJob. */
export class CronJob extends kind<k8s.CronJob>('batch/v1', 'CronJob') {}

/** autoscaling/v2 HorizontalPodAutoscaler. */
export class HorizontalPodAutoscaler extends kind<k8s.HorizontalPodAutoscaler>('autoscaling/v2', 'HorizontalPodAutoscaler') {}

/** policy/v1 PodDisruptionBudget. `minAvailable: 1` over one replica blocks every drain. */
export class PodDisruptionBudget extends kind<k8s.PodDisruptionBudget>('policy/v1', 'PodDisruptionBudget') {}

/** rbac.authorization.k8s.io/v1 Role. */
export class Role extends kind<k8s.Role>('rbac.authorization.k8s.io/v1', 'Role') {}

/** rbac.authorization.k8s.io/v1 RoleBinding. */
export class RoleBinding extends kind<k8s.RoleBinding>('rbac.authorization.k8s.io/v1', 'RoleBinding') {}
