import type { LinkerdCrdsValues } from '../../imports/charts/linkerd-crds';
import { brings, type Crds } from './brings';
import { isOn } from './switch';

const CRDS = [
  {
    group: 'policy.linkerd.io',
    kinds: [
      'AuthorizationPolicy',
      'EgressNetwork',
      'HTTPLocalRateLimitPolicy',
      'HTTPRoute',
      'MeshTLSAuthentication',
      'NetworkAuthentication',
      'Server',
      'ServerAuthorization',
    ],
  },
  { group: 'linkerd.io', kinds: ['ServiceProfile'] },
  { group: 'workload.linkerd.io', kinds: ['ExternalWorkload'] },
] as const;

const ROUTES: Crds = {
  group: 'gateway.networking.k8s.io',
  kinds: ['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute'],
  from: 'templates, kept',
};

/** Chart 2025.10.7: templates/policy, serviceprofile.yaml, workload, gateway.networking.k8s.io_*.yaml. */
export const linkerdCrds = brings<LinkerdCrdsValues>({
  chart: 'linkerd-crds',
  repositories: ['https://helm.linkerd.io/edge', 'https://helm.linkerd.io/stable'],
  version: '2025.10.7',
  crds: 'templates',
  brings: (values) => ({
    crds: [...CRDS.map((crds) => ({ ...crds, from: 'templates' as const })), ...(isOn(values.installGatewayAPI, false) ? [ROUTES] : [])],
  }),
});
