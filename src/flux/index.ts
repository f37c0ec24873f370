export { Cluster, type ClusterProps, type DeployOptions } from './cluster';
export { ClusterSecrets, declaredSecrets } from './cluster-secrets';
export {
  type Acceptance,
  type AnyComponent,
  type AnyMonitoring,
  Component,
  type ComponentProps,
  componentOf,
  Directory,
  Documents,
  type ForeignSource,
  Monitoring,
} from './component';
export { componentFiles } from './component-files';
export { Deployed } from './deployed';
export type { Duration } from './duration';
export { factsOf } from './facts';
export { type Finding, Refused, refuse, type Severity, say } from './finding';
export { condition } from './health';
export { type Draft, draft, layout } from './layout';
export { type Body, type Change, type KubernetesObject, kind, Manifest, type Metadata } from './manifest';
export { type DeepPartial, Patch } from './patch';
export type { Plain } from './plain';
export { FluxRepo, type FluxRepoProps } from './repo';
export { type Origin, type SecretProps, SecretRef } from './secret';
export { type File, type Tree, texts } from './tree';
