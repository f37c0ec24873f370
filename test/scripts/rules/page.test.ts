import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ELSEWHERE } from '../../../scripts/rules/elsewhere';
import { rulesPage } from '../../../scripts/rules/page';
import { rules } from '../../../src/policy';

test('docs/rules.md is what the rules say: npm run rules', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'rules.md'), 'utf8');
  expect(page).toBe(rulesPage(rules));
});

/** The lists: S, the specification's rules; F, what people run into. */
const LISTS = [
  ...span('S', 1, 24),
  ...span('F', 1, 17),
  ...span('F', 20, 50),
  ...span('F', 60, 71),
  ...span('F', 80, 87),
  ...span('F', 90, 100),
];

function span(letter: string, first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${letter}${String(first + index).padStart(2, '0')}`);
}

test('everything in the lists is decided by a rule, or the page says why not', () => {
  const decided = new Set([...rules.flatMap(({ ids }) => ids), ...ELSEWHERE.map(({ id }) => id)]);
  expect(LISTS.filter((id) => !decided.has(id))).toEqual([]);
  expect([...decided].filter((id) => !LISTS.includes(id))).toEqual([]);
});
