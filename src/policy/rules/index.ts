export { monitorsApart } from './monitors-apart';
export { namespacePodSecurity } from './namespace-pod-security';
export { noChartServiceMonitor } from './no-chart-service-monitor';
export { noClearTextCredential } from './no-clear-text-credential';
export { noDestructiveRemediation } from './no-destructive-remediation';
export { noIpBlock } from './no-ip-block';
export { oneOwner } from './one-owner';
export { releaseVersion } from './release-version';
