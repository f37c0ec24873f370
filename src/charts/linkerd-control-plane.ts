import type { LinkerdControlPlaneValues } from '../../imports/charts/linkerd-control-plane';
import { brings } from './brings';
import { isOn, monitor, policyOr } from './switch';
import { notIn, type SelectorExpression, selectorFrom, WRITES } from './webhook';

/** The label that takes a namespace out of all three webhooks. */
const SWITCHED_OFF = { key: 'config.linkerd.io/admission-webhooks', operator: 'NotIn', values: ['disabled'] } as const;
const UNLESS_OFF = { matchExpressions: [SWITCHED_OFF] } as const;
const OWN: readonly SelectorExpression[] = [
  { key: 'linkerd.io/control-plane-component', operator: 'DoesNotExist' },
  { key: 'linkerd.io/cni-resource', operator: 'DoesNotExist' },
];

/** Chart 2025.10.7: templates/proxy-injector*.yaml, destination*.yaml, identity*.yaml, podmonitor.yaml. */
export const linkerdControlPlane = brings<LinkerdControlPlaneValues>({
  chart: 'linkerd-control-plane',
  repositories: ['https://helm.linkerd.io/edge', 'https://helm.linkerd.io/stable'],
  version: '2025.10.7',
  role: 'mesh',
  crds: 'none',
  brings: (values, { namespace }) => {
    const webhook = {
      failurePolicy: policyOr(values.webhookFailurePolicy, 'Ignore'),
      sideEffects: 'None',
      registered: 'helm',
    } as const;
    const pods = (component: string) => ({ 'linkerd.io/control-plane-component': component });
    const component = (name: string) => ({ kind: 'ServiceAccount', name: `linkerd-${name}`, namespace });
    const service = (name: string) => ({ kind: 'Service', name: `linkerd-${name}`, namespace });
    return {
      webhooks: [
        {
          ...webhook,
          name: 'linkerd-proxy-injector.linkerd.io',
          type: 'mutating',
          namespaceSelector: selectorFrom(values.proxyInjector?.namespaceSelector) ?? {
            matchExpressions: [SWITCHED_OFF, ...(notIn('kube-system', 'cert-manager').matchExpressions ?? [])],
          },
          objectSelector: selectorFrom(values.proxyInjector?.objectSelector) ?? { matchExpressions: OWN },
          rules: [{ groups: [''], versions: ['v1'], resources: ['pods', 'services'], operations: ['CREATE'], scope: 'Namespaced' }],
          service: 'linkerd-proxy-injector',
          podPort: 8443,
          pods: pods('proxy-injector'),
        },
        {
          ...webhook,
          name: 'linkerd-sp-validator.linkerd.io',
          type: 'validating',
          namespaceSelector: selectorFrom(values.profileValidator?.namespaceSelector) ?? UNLESS_OFF,
          rules: [{ groups: ['linkerd.io'], versions: ['v1alpha1', 'v1alpha2'], resources: ['serviceprofiles'], operations: WRITES }],
          service: 'linkerd-sp-validator',
          podPort: 8443,
          pods: pods('destination'),
        },
        {
          ...webhook,
          name: 'linkerd-policy-validator.linkerd.io',
          type: 'validating',
          namespaceSelector: selectorFrom(values.policyValidator?.namespaceSelector) ?? UNLESS_OFF,
          rules: [
            {
              groups: ['policy.linkerd.io'],
              versions: ['*'],
              resources: [
                'authorizationpolicies',
                'egressnetworks',
                'httplocalratelimitpolicies',
                'httproutes',
                'meshtlsauthentications',
                'networkauthentications',
                'serverauthorizations',
                'servers',
              ],
              operations: WRITES,
            },
            {
              groups: ['gateway.networking.k8s.io'],
              versions: ['*'],
              resources: ['httproutes', 'grpcroutes', 'tlsroutes', 'tcproutes'],
              operations: WRITES,
            },
          ],
          service: 'linkerd-policy-validator',
          podPort: 9443,
          pods: pods('destination'),
        },
      ],
      metrics: [
        { port: 9990, pods: pods('identity') },
        { port: 9995, pods: pods('proxy-injector') },
        { port: 9996, pods: pods('destination') },
      ],
      owns: [
        ...['destination', 'identity', 'proxy-injector'].map(component),
        ...['dst', 'identity', 'policy', 'policy-validator', 'proxy-injector', 'sp-validator'].map(service),
        { kind: 'ConfigMap', name: 'linkerd-config', namespace },
        ...(isOn(values.identity?.externalCA, false) ? [] : [{ kind: 'ConfigMap', name: 'linkerd-identity-trust-roots', namespace }]),
      ],
      monitors: monitor('PodMonitor', 'podMonitor.enabled', values.podMonitor?.enabled),
      uses: [{ group: 'policy.linkerd.io', kind: 'Server' }],
    };
  },
});
