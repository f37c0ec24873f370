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
export { comesAfter, dependentsOf, type Group, reallyWaits, waitsFor } from './order';
export { objectsOf, ofKind } from './select';
export { cameEncrypted, ciphertextIn, decrypts, isCiphertext, isEncrypted, type Recipient, recipientsOf } from './sops';
