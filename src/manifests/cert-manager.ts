import type {
  Certificate as CertificateObject,
  ClusterIssuer as ClusterIssuerObject,
  Issuer as IssuerObject,
} from '../../imports/cert-manager.io';
import { condition, kind } from '../flux';

const health = condition('Ready');

/** cert-manager.io/v1 Issuer, for its own namespace. */
export class Issuer extends kind<IssuerObject>('cert-manager.io/v1', 'Issuer', { health }) {}

/** cert-manager.io/v1 ClusterIssuer, for every namespace; its Secrets are read in namespace cert-manager. */
export class ClusterIssuer extends kind<ClusterIssuerObject>('cert-manager.io/v1', 'ClusterIssuer', { scope: 'Cluster', health }) {}

/** cert-manager.io/v1 Certificate. A root that signs others needs `rotationPolicy: Never`: with a new key all it signed fails. */
export class Certificate extends kind<CertificateObject>('cert-manager.io/v1', 'Certificate', { health }) {}
