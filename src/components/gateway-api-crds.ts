import { Component, type FluxRepo } from '../flux';

/** The Gateway API's CRDs, straight from their own repository: Envoy Gateway, Linkerd and the routes share one set. */
export class GatewayApiCrds extends Component<'gateway-api-crds'> {
  constructor(repo: FluxRepo) {
    super(repo, 'gateway-api-crds', {
      source: {
        name: 'gateway-api',
        url: 'https://github.com/kubernetes-sigs/gateway-api',
        tag: 'v1.4.1', // what Envoy Gateway 1.6.4 is compiled with
        ignore: '/*\n!/config/crd\n', // 1.2 MB of CRDs, and nothing else of the repository
        path: './config/crd/experimental', // the channel that Envoy Gateway's own chart bundles
      },
      provides: { groups: ['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io'] },
    });
  }
}
