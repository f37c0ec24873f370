export { type InspectOptions, inspect } from './inspect';
export type {
  BuildFailure,
  Dependency,
  EffectiveCluster,
  EffectiveObject,
  FluxKustomization,
  Problem,
  Repository,
  Substitution,
  SubstitutionProblem,
} from './model';
export { objectsOf, ofKind } from './select';
