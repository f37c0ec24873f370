import { type EffectiveObject, objectsOf } from '../../effective';
import { isCertain, isOfFluxOperator, isUnknownHere, schemasOf, variableAt } from '../known-schemas';
import { at, defineRule } from '../rule';
import { isTextField } from '../text-fields';

/** Source: the schemas of the CRDs and of Kubernetes themselves, at the versions of imports/sources.yaml. */
export const schemaValid = defineRule({
  name: 'schema-valid',
  ids: ['F63'],
  claim: 'every object has the fields, types, words and rules of its schema',
  because: 'the API server refuses the object, and Flux applies nothing of that stage',
  evidence: 'imports/sources.yaml; fluxcd/kustomize-controller#1129, #1096; fluxcd/flux2#1839, #3128',
  severity: 'error',
  fix: 'write the field as the schema has it',
  local: true,

  *check(repository, context) {
    for (const cluster of repository.clusters) {
      const schemas = schemasOf(cluster, context);
      for (const on of objectsOf(cluster)) {
        if (isEncrypted(on)) continue;
        for (const { at: path, what, fix, kind, notChecked } of schemas.validate(on.object) ?? []) {
          if (isUnknownHere(on, path) || isOfAnotherRule(on, path, kind) || isOfFluxOperator(on, what)) continue;
          const variable = variableAt(on, path);
          yield {
            on,
            at: path,
            found: variable === undefined ? what : `${what}; it comes from ${variable}`,
            fix: variable === undefined ? fix : `give the variable another value: ${fix}`,
            ...(!isCertain(cluster, on, context) && { severity: 'warning', because: OTHER_VERSION }),
            ...(notChecked && { severity: 'info', because: 'what nobody looked at may be wrong: the API server will tell' }),
          };
        }
      }
    }
  },
});

const OTHER_VERSION =
  'the CRD that strata knows has it otherwise; where the cluster has the same version, the API server refuses the object';

/** Of what SOPS keeps, only Flux sees the values. */
function isEncrypted({ object }: EffectiveObject): boolean {
  return at(object, 'sops') !== undefined;
}

/** ssa-duplicate-keys speaks of the lists of pods and Services, variable-flips-type of fields for text where a variable left none. */
function isOfAnotherRule(on: EffectiveObject, path: string, kind: string): boolean {
  if (kind === 'duplicate') return ['v1', 'apps/v1', 'batch/v1'].includes(on.object.apiVersion);
  return kind === 'type' && variableAt(on, path) !== undefined && isTextField(on.object, path);
}
