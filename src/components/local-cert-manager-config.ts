import { Component, type FluxRepo } from '../flux';
import { Certificate, ClusterIssuer } from '../manifests';

/** The office cluster's own CA in place of Let's Encrypt: nobody outside can validate its names, and a rebuild costs no quota. */
export class LocalCertManagerConfig extends Component<'local-cert-manager-config', 'cert-manager-config' | 'cert-manager'> {
  constructor(repo: FluxRepo) {
    super(repo, 'local-cert-manager-config', {
      directory: 'clusters/local-kube/cert-manager-config',
      namespace: 'cert-manager', // where cert-manager looks for the Secrets of a ClusterIssuer
    });

    // To let the CA survive a rebuild, supply it as this Secret and drop the Certificate, which makes one otherwise.
    this.secret(
      'local-ca',
      { 'tls.crt': 'supplied', 'tls.key': 'supplied' },
      {
        type: 'kubernetes.io/tls',
        optional: 'Whoever supplies it takes Certificate local-ca out, which writes the same Secret.',
      },
    );
    new Certificate(this, 'certificate-local-ca', {
      metadata: { name: 'local-ca' },
      spec: {
        isCA: true,
        commonName: 'local-ca',
        secretName: 'local-ca',
        duration: '87600h',
        renewBefore: '720h',
        privateKey: {
          algorithm: 'ECDSA',
          size: 256,
          rotationPolicy: 'Never', // people trust this CA by hand: a new key would make them do it again
        },
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'selfsigned' },
      },
    });
    // The name is the cluster's CLUSTER_ISSUER.
    new ClusterIssuer(this, 'cluster-issuer-local-ca', { metadata: { name: 'local-ca' }, spec: { ca: { secretName: 'local-ca' } } });
  }
}
