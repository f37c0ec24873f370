import { isTrueOfNothing } from '../../schema';
import { healthExpressionsOf } from '../health-expressions';
import { defineRule, listAt } from '../rule';

/**
 * Kinds with other conditions before the one that is asked for: a list filtered by type is empty then, and `all` is true of it.
 * Gateway and GatewayClass have theirs from the moment they are stored, the defaults of their CRDs.
 */
const OTHERS_FIRST: ReadonlySet<string> = new Set([
  'postgresql.cnpg.io Cluster',
  'cert-manager.io Certificate',
  'gateway.networking.k8s.io Gateway',
  'gateway.networking.k8s.io GatewayClass',
]);

/** Source: CEL's `all` is true of an empty list. */
export const healthExprExists = defineRule({
  name: 'health-expr-exists',
  ids: ['F81'],
  claim: 'a health expression asks whether a condition exists, not whether all of a filtered list hold',
  because: 'all(…) is true of an empty list: while the condition is not there yet, the object counts as failed or as ready at once',
  evidence: 'CEL, macro all; fluxcd/pkg, runtime/cel: StatusEvaluator; windsorcli/cli#3186',
  severity: 'warning',
  fix: "write has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
  local: true,

  *check(repository) {
    for (const { kustomizations } of repository.clusters) {
      for (const on of kustomizations) {
        for (const { at, group, kind, field, text } of healthExpressionsOf(on)) {
          if (field === 'inProgress' || !text.includes('.filter') || GUARD.test(text) || !isTrueOfNothing(text)) continue;
          const type = /type\s*==\s*(['"])(\w+)\1/.exec(text)?.[2] ?? 'Ready';
          // nothing asks it where nothing is waited for
          const isSure = OTHERS_FIRST.has(`${group} ${kind}`) && (on.spec['wait'] === true || listAt(on.spec, 'healthChecks').length > 0);
          yield {
            on,
            at,
            found: `${field} of ${kind ?? group} is true while there is no condition ${type}`,
            fix: `write has(status.conditions) && status.conditions.exists(c, c.type == '${type}' && c.status == '${field === 'current' ? 'True' : 'False'}')`,
            ...(isSure && { severity: 'error' as const }),
          };
        }
      }
    }
  },
});

/** What makes sure that the list is not empty. */
const GUARD = /\.exists(_one)?\s*\(|size\s*\(|\.size\(\)/;
