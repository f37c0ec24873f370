import type {
  GatewayClass as GatewayClassObject,
  Gateway as GatewayObject,
  HTTPRoute as HTTPRouteObject,
} from '../../imports/gateway.networking.k8s.io';
import { condition, kind } from '../flux';

/** gateway.networking.k8s.io/v1 GatewayClass. */
export class GatewayClass extends kind<GatewayClassObject>('gateway.networking.k8s.io/v1', 'GatewayClass', {
  scope: 'Cluster',
  health: condition('Accepted'),
}) {}

/** gateway.networking.k8s.io/v1 Gateway; programmed only once it has its address. */
export class Gateway extends kind<GatewayObject>('gateway.networking.k8s.io/v1', 'Gateway', { health: condition('Programmed') }) {}

/** gateway.networking.k8s.io/v1 HTTPRoute; its conditions stand below each parent. */
export class HTTPRoute extends kind<HTTPRouteObject>('gateway.networking.k8s.io/v1', 'HTTPRoute', {
  health: {
    current: "has(status.parents) && status.parents.exists(p, p.conditions.exists(c, c.type == 'Accepted' && c.status == 'True'))",
  },
}) {}
