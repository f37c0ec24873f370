import { defineRule, textAt } from '../rule';
import { few, writtenPatches } from '../written-patches';

/** A name with nothing in it that could be meant as an expression, but for its dots. */
const NAME_WITH_DOTS = /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

const FIELDS = ['name', 'namespace', 'kind'] as const;

/** Source: kustomize 5.8, api/types/selector.go: each field is an expression, from the first character to the last. */
export const patchSelectorLiteral = defineRule({
  name: 'patch-selector-literal',
  ids: ['F41'],
  claim: 'a dot in the target of a patch is written as a dot',
  because: 'the fields of a target are regular expressions: a dot selects any character there, and with it other objects, now or later',
  evidence: 'kustomize 5.8, api/types/selector.go and SelectorRegex',
  severity: 'warning',
  fix: 'put a backslash before the dot',

  *check(repository) {
    for (const { on, at, target, reports } of writtenPatches(repository)) {
      for (const field of FIELDS) {
        const text = textAt(target, field);
        if (text === undefined || !NAME_WITH_DOTS.test(text)) continue;
        const values = reports.flatMap(({ matched }) => matched.flatMap(({ object }) => fieldOf(object, field) ?? []));
        const others = values.filter((value) => value !== text);
        yield {
          on,
          at: `${at}.target.${field}`,
          found: `${text} is read as an expression${others.length === 0 ? '' : `, and selects ${few(others)} too`}`,
          fix: `write ${text.replaceAll('.', '\\.')}`,
        };
      }
    }
  },
});

function fieldOf(object: { readonly kind: string; readonly metadata?: object }, field: (typeof FIELDS)[number]): string | undefined {
  return field === 'kind' ? object.kind : textAt(object.metadata, field);
}
