/** Charts that give a cluster its network. */
const CHARTS: ReadonlySet<string> = new Set(['antrea', 'canal', 'cilium', 'flannel', 'kube-ovn', 'kube-router', 'tigera-operator']);

/** Whether a chart gives a cluster its network: then it is there before Flux, whose pods need one, and Flux adopts it. */
export function isNetwork(chart: string | undefined): boolean {
  return chart !== undefined && CHARTS.has(chart);
}
