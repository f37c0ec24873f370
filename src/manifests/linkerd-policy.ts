import type {
  AuthorizationPolicy as AuthorizationPolicyObject,
  MeshTLSAuthentication as MeshTLSAuthenticationObject,
  NetworkAuthentication as NetworkAuthenticationObject,
  Server as ServerObject,
} from '../../imports/policy.linkerd.io';
import { kind } from '../flux';

/** policy.linkerd.io/v1alpha1 MeshTLSAuthentication: clients by their mesh identity. */
export class MeshTLSAuthentication extends kind<MeshTLSAuthenticationObject>('policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication') {}

/** policy.linkerd.io/v1alpha1 NetworkAuthentication: clients by their address. */
export class NetworkAuthentication extends kind<NetworkAuthenticationObject>('policy.linkerd.io/v1alpha1', 'NetworkAuthentication') {}

/** policy.linkerd.io/v1alpha1 AuthorizationPolicy: what authenticated clients may reach. */
export class AuthorizationPolicy extends kind<AuthorizationPolicyObject>('policy.linkerd.io/v1alpha1', 'AuthorizationPolicy') {}

/** policy.linkerd.io/v1beta3 Server: a port of a workload that policy is about. */
export class Server extends kind<ServerObject>('policy.linkerd.io/v1beta3', 'Server') {}
