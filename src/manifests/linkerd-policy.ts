import type {
  MeshTLSAuthentication as MeshTLSAuthenticationObject,
  NetworkAuthentication as NetworkAuthenticationObject,
} from '../../imports/policy.linkerd.io';
import { kind } from '../flux';

/** policy.linkerd.io/v1alpha1 MeshTLSAuthentication: clients by their mesh identity. */
export class MeshTLSAuthentication extends kind<MeshTLSAuthenticationObject>('policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication') {}

/** policy.linkerd.io/v1alpha1 NetworkAuthentication: clients by their address. */
export class NetworkAuthentication extends kind<NetworkAuthenticationObject>('policy.linkerd.io/v1alpha1', 'NetworkAuthentication') {}
