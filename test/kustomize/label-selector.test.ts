import { parseLabelSelector, SelectorError } from '../../src/kustomize/label-selector';

const labels = new Map([
  ['app', 'web'],
  ['example.com/tier', 'front'],
  ['size', '10'],
]);

test.each([
  ['', true],
  ['app', true],
  ['!app', false],
  ['!missing', true],
  ['app=web', true],
  ['app==web', true],
  ['app = api', false],
  ['app!=web', false],
  ['missing!=web', true],
  ['missing=', false],
  ['app in (web, api)', true],
  ['app in ()', false],
  ['app notin (web)', false],
  ['missing notin (web)', true],
  ['example.com/tier=front,app', true],
  ['app=web,size>9', true],
  ['size<10', false],
  ['app>1', false],
])('%j: %s', (selector, matches) => {
  expect(parseLabelSelector(selector).matches(labels)).toBe(matches);
});

test.each([
  'app=',
  'app in (web',
  'app=web,',
  ',app',
  'app web',
  'app>x',
  'a/b/c',
  '-app',
  'app=-x',
  'app in web',
  '=',
  '!',
  'app in (a b)',
  `${'x'.repeat(64)}`,
])('%j', (selector) => {
  if (selector === 'app=') expect(parseLabelSelector(selector).matches(new Map([['app', '']]))).toBe(true);
  else expect(() => parseLabelSelector(selector)).toThrow(SelectorError);
});
