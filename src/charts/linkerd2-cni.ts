import type { Linkerd2CniValues } from '../../imports/charts/linkerd2-cni';
import { brings } from './brings';
import { isOn } from './switch';

/** Chart 2025.10.7: templates/cni-plugin.yaml. */
export const linkerd2Cni = brings<Linkerd2CniValues>({
  chart: 'linkerd2-cni',
  repositories: ['https://helm.linkerd.io/edge', 'https://helm.linkerd.io/stable'],
  version: '2025.10.7',
  role: 'cni plugin',
  crds: 'none',
  brings: (values, { namespace }) => ({
    metrics: isOn(values.repairController?.enabled, false) ? [{ port: 9990, pods: { 'k8s-app': 'linkerd-cni' } }] : [],
    owns: [
      { kind: 'ServiceAccount', name: 'linkerd-cni', namespace },
      { kind: 'ConfigMap', name: 'linkerd-cni-config', namespace },
      { kind: 'DaemonSet', name: 'linkerd-cni', namespace },
    ],
  }),
});
