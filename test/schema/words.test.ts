import fc from 'fast-check';
import { readableHas } from '../../src/schema/cel-has';
import { formatProblem } from '../../src/schema/formats';
import { matcher } from '../../src/schema/pattern';
import { meant } from '../../src/schema/suggestion';

describe('the word that was meant', () => {
  const known = ['replicas', 'replicaCount', 'resources', 'kubeProxyReplacement', 'port'];

  test.each([
    ['repliacs', 'replicas'], // two letters swapped
    ['replica', 'replicas'],
    ['kubeproxyreplacement', 'kubeProxyReplacement'],
    ['prt', 'port'],
    ['portNumber', undefined],
    ['resourceLimits', 'resources'], // begins alike
    ['tolerations', undefined],
    ['ip', undefined],
  ])('%s: %s', (word, expected) => {
    expect(meant(word, known)).toBe(expected);
  });

  test('is the word itself where it is known, and one slip away it is found', () => {
    const words = fc.stringMatching(/^[a-z]{5,12}$/);
    fc.assert(
      fc.property(words, fc.nat(), fc.constantFrom('drop', 'add', 'change', 'swap'), (word, number, slip) => {
        expect(meant(word, [word])).toBe(word);
        const at = number % (word.length - 1);
        const [a = '', b = ''] = [word[at], word[at + 1]];
        const middle = { drop: b, add: `${a}x${b}`, change: `-${b}`, swap: b + a }[slip];
        expect(meant(word.slice(0, at) + middle + word.slice(at + 2), [word])).toBe(word);
      }),
    );
  });
});

describe('patterns of Go', () => {
  test.each([
    ['^(?i)(abort|warn)?$', 'WARN', true],
    ['^[[:alpha:]]+$', 'abc', true],
    ['^[[:alpha:]]+$', 'ab1', false],
    ['^\\pL+$', 'äß', true],
    ['(?P<year>\\d{4})', 'in 2026', true],
    ['\\Aa\\z', 'a\n', false],
    ['^a.c$', 'a\u{1f600}c', true],
    ['^[\\w.\\-]+$', 'a-b', true], // a needless backslash, which JavaScript takes without its Unicode rules only
    ['^a$', 'b\na', false],
  ])('%s on %j: %s', (pattern, text, expected) => {
    expect(matcher(pattern)?.(text)).toBe(expected);
  });

  test.each(['(', '(?U)a', '[z-a]'])('%s is none that can be tried', (pattern) => {
    expect(matcher(pattern)).toBeUndefined();
  });

  test('no pattern makes it throw', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (pattern, text) => void matcher(pattern)?.(text)));
  });
});

describe('formats', () => {
  test.each([
    ['quantity', ['1', '0.5', '.5', '100m', '1.5Gi', '1e3', '-1', '2E'], ['', '1 Gi', '1gi', 'm', '1e', '1Gim']],
    ['duration', ['5m', '1h30m', '0', '1.5h', '-1s', '3 days'], ['', '5', 'm', '5 lightyears']],
    ['cidr', ['10.0.0.0/8', '::/0', 'fd00::1/64'], ['10.0.0.0', '10.0.0.0/33', '010.0.0.0/8', '::/129', 'a/8']],
    ['ipv6', ['::', '::1', 'fd00::1:2', '::ffff:10.0.0.1', '1:2:3:4:5:6:7:8'], ['1::2::3', '1:2', ':::', '10.0.0.1', 'g::']],
    ['ipv4', ['0.0.0.0', '255.255.255.255'], ['256.0.0.1', '1.2.3', '01.2.3.4']],
    [
      'date-time',
      ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5+02:00'],
      ['2026-01-31', '2026-13-01T00:00:00Z', '12:00', '2026-01-31 12:00:00Z', '2026-01-31T12:00:00+0200'],
    ],
    ['hostname', ['a', 'a-b.example.org'], ['-a', '_a', 'my-host', '10.0.0.0/8', 'a.b.1']],
    ['byte', ['', 'aGk=', 'aGkh'], ['a', 'a-b=', 'aGk']],
    ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
    ['idn-hostname', ['any thing'], []],
  ] as const)('%s', (format, good, bad) => {
    expect(good.filter((text) => formatProblem(format, text) !== undefined)).toEqual([]);
    expect(bad.filter((text) => formatProblem(format, text) === undefined)).toEqual([]);
  });
});

test.each([
  ['has(self.a.b)', 'has(self.a.b)'],
  ['has(self.a[0].b) && has(x.y)', '(self.a[0]).?b.hasValue() && has(x.y)'],
  ["has(self.a['x)'].b)", "(self.a['x)']).?b.hasValue()"],
  ['self.has(a.b[0].c)', 'self.has(a.b[0].c)'],
  ['has(self.a.filter(x, has(x.b[0].c))[0].d)', '(self.a.filter(x, (x.b[0]).?c.hasValue())[0]).?d.hasValue()'],
  ['has(self.a[0]', 'has(self.a[0]'],
])('has(…) in words that can be read: %s', (expression, expected) => {
  expect(readableHas(expression)).toBe(expected);
});
