import type { LinkerdVizValues } from '../../imports/charts/linkerd-viz';
import { brings } from './brings';
import { isOn, policyOr } from './switch';
import { notIn, selectorFrom } from './webhook';

/** Chart 2025.10.7: templates/tap-injector*.yaml, tap*.yaml, metrics-api*.yaml, web*.yaml, prometheus*.yaml. */
export const linkerdViz = brings<LinkerdVizValues>({
  chart: 'linkerd-viz',
  repositories: ['https://helm.linkerd.io/edge', 'https://helm.linkerd.io/stable'],
  version: '2025.10.7',
  crds: 'none',
  brings: (values, { namespace }) => ({
    webhooks: [
      {
        name: 'tap-injector.linkerd.io',
        type: 'mutating',
        failurePolicy: policyOr(values.tapInjector?.failurePolicy, 'Ignore'),
        sideEffects: 'None',
        namespaceSelector: selectorFrom(values.tapInjector?.namespaceSelector) ?? notIn('kube-system'),
        objectSelector: selectorFrom(values.tapInjector?.objectSelector),
        rules: [{ groups: [''], versions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
        service: 'tap-injector',
        podPort: 8443,
        pods: { 'linkerd.io/extension': 'viz', component: 'tap-injector' },
        registered: 'helm',
      },
    ],
    apiServices: [
      { name: 'v1alpha1.tap.linkerd.io', service: 'tap', podPort: 8089, pods: { 'linkerd.io/extension': 'viz', component: 'tap' } },
    ],
    metrics: [
      { port: 9994, pods: { component: 'web' } },
      { port: 9995, pods: { component: 'metrics-api' } },
      { port: 9998, pods: { component: 'tap' } },
    ],
    owns: [
      ...['metrics-api', 'tap', 'tap-injector', 'web'].map((name) => ({ kind: 'ServiceAccount', name, namespace })),
      ...['metrics-api', 'tap', 'tap-injector', 'web'].map((name) => ({ kind: 'Service', name, namespace })),
      ...(isOn(values.prometheus?.enabled, true) ? [{ kind: 'Service', name: 'prometheus', namespace }] : []),
    ],
    uses: [
      { group: 'policy.linkerd.io', kind: 'AuthorizationPolicy' },
      { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication' },
      { group: 'policy.linkerd.io', kind: 'NetworkAuthentication' },
      { group: 'policy.linkerd.io', kind: 'Server' },
      { group: 'linkerd.io', kind: 'ServiceProfile' },
    ],
  }),
});
