import type { ClientTrafficPolicy as ClientTrafficPolicyObject, EnvoyProxy as EnvoyProxyObject } from '../../imports/gateway.envoyproxy.io';
import { kind } from '../flux';

/** gateway.envoyproxy.io/v1alpha1 EnvoyProxy: how the proxies of a GatewayClass or Gateway run. */
export class EnvoyProxy extends kind<EnvoyProxyObject>('gateway.envoyproxy.io/v1alpha1', 'EnvoyProxy') {}

/** gateway.envoyproxy.io/v1alpha1 ClientTrafficPolicy: how the proxies treat clients. */
export class ClientTrafficPolicy extends kind<ClientTrafficPolicyObject>('gateway.envoyproxy.io/v1alpha1', 'ClientTrafficPolicy') {}
