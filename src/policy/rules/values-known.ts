import { ofKind } from '../../effective';
import { chartOf } from '../chart-of';
import { isUnknownHere, schemasOf } from '../known-schemas';
import { at, defineRule } from '../rule';

/** Source: values.schema.json and values.yaml of each chart, at the versions of imports/sources.yaml. */
export const valuesKnown = defineRule({
  name: 'values-known',
  ids: [],
  claim: 'a release gives its chart no values that the chart does not know',
  because: 'Helm passes over a key that no template reads: the setting is not made, and nobody is told',
  evidence: 'imports/sources.yaml, charts',
  severity: 'error',
  fix: 'write the key as the chart spells it',
  local: true,

  *check(repository, context) {
    for (const cluster of repository.clusters) {
      const schemas = schemasOf(cluster, context);
      for (const on of ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io')) {
        const chart = chartOf(on, cluster);
        const values = at(on.object, 'spec', 'values');
        if (!chart || values === undefined) continue;
        const checked = schemas.chartChecksValues(chart.name);
        for (const problem of schemas.validateValues(chart.name, chart.version, values, chart.repository) ?? []) {
          const path = problem.at === '' ? 'spec.values' : `spec.values.${problem.at}`;
          if (isUnknownHere(on, path)) continue;
          const { what: found, fix } = problem;
          if (problem.kind === 'unknown-field') yield { on, at: path, found, fix };
          // What a default shows is a guess at what the template takes; a schema is not.
          else yield { on, at: path, found, fix, because: checked ? REFUSED : GUESSED, severity: checked ? 'error' : 'warning' };
        }
      }
    }
  },
});

const REFUSED = 'Helm refuses values that do not fit the schema of the chart: the release fails';
const GUESSED = 'the template was written for values like its default, and may make something else of this one';
