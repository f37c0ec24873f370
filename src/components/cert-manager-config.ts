import { Component, type FluxRepo, type SecretRef } from '../flux';
import { Certificate, ClusterIssuer } from '../manifests';
import { variable } from '../variables';

/** Who signs: the cluster's own CA for what stays inside, Let's Encrypt for what the public reaches. */
export class CertManagerConfig extends Component<'cert-manager-config', 'cert-manager' | 'cluster-secrets'> {
  readonly letsencrypt: ClusterIssuer;
  readonly dnsApiToken: SecretRef;

  constructor(repo: FluxRepo) {
    super(repo, 'cert-manager-config', {
      namespace: 'cert-manager', // where cert-manager looks for the Secrets of a ClusterIssuer
      because: { 'cluster-secrets': 'the token of an ACME issuer, where there is one' },
    });
    const token = this.secret('dns-api-token', { 'api-token': 'supplied' });
    this.dnsApiToken = token;

    new ClusterIssuer(this, 'cluster-issuer-selfsigned', { metadata: { name: 'selfsigned' }, spec: { selfSigned: {} } });
    new Certificate(this, 'certificate-cluster-root-ca', {
      metadata: { name: 'cluster-root-ca' },
      spec: {
        isCA: true,
        commonName: 'cluster-root-ca',
        secretName: 'cluster-root-ca',
        duration: '87600h',
        renewBefore: '720h',
        privateKey: {
          algorithm: 'ECDSA',
          size: 256,
          rotationPolicy: 'Never', // since cert-manager 1.18 the default is Always: a renewal would void all that the old key signed
        },
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'selfsigned' },
      },
    });
    // Not Ready until the Secret above exists; heals by itself. It does not sign Linkerd's identity, which has a root of its own.
    new ClusterIssuer(this, 'cluster-issuer-cluster-ca', {
      metadata: { name: 'cluster-ca' },
      spec: { ca: { secretName: 'cluster-root-ca' } },
    });
    this.letsencrypt = new ClusterIssuer(this, 'cluster-issuer-letsencrypt', {
      metadata: { name: 'letsencrypt' },
      spec: {
        acme: {
          server: variable('ACME_SERVER'),
          email: variable('ACME_EMAIL'),
          privateKeySecretRef: { name: 'letsencrypt-account' }, // made by cert-manager
          // DNS-01 alone: HTTP-01 cannot prove the Gateway's wildcard name. Another provider has the same shape.
          solvers: [
            {
              selector: { dnsZones: [variable('DOMAIN')] },
              dns01: { cloudflare: { apiTokenSecretRef: token.key('api-token') } },
            },
          ],
        },
      },
    });
  }
}
