import fc from 'fast-check';
import type { OracleCase } from './case';

/** Texts over the grammar of `${…}`, values of every kind, and objects whose fields, keys and lists hold them. */

const OPERATORS = [':-', ':=', '=', ':+', ':?', '-', '?', ':', '/', '//', '/#', '/%', '#', '##', '%', '%%', '^', '^^', ',', ',,'] as const;

const name = fc.constantFrom('A', 'B', 'EMPTY', 'MISSING', 'PATH_', 'YES', 'NUM', 'Q', 'MAP', 'LIST', 'ODD', '#A', '1', 'a-b');

const operand = fc.constantFrom('', '0', '1', '-1', 'a', 'b/c', '*', '?', '[a-c]', '\\/', '$$', ' ', 'x: y', '"', '#', '8080', 'yes');

const expression: fc.Arbitrary<string> = fc.letrec<{ one: string; part: string }>((tie) => ({
  part: fc.oneof({ maxDepth: 2, depthSize: 'small', withCrossShrink: true }, operand, tie('one')),
  one: fc
    .tuple(name, fc.constantFrom(...OPERATORS), fc.array(tie('part'), { minLength: 1, maxLength: 2 }), fc.constantFrom('/', ':', ''))
    .map(([variable, operator, operands, between]) => `\${${variable}${operator}${operands.join(between)}}`),
})).one;

const plain = fc.constantFrom(
  '${A}',
  '${A}',
  '${B}',
  '${EMPTY}',
  '${YES}',
  '${NUM}',
  '${NUM}',
  '${MISSING:-d}',
  '${MISSING:=${A}}',
  '${PATH_##*/}',
  '${Q}${NUM}${Q}',
  '${MAP}',
  '${LIST}',
  '${ODD}',
);

const around = fc.constantFrom(
  ...[
    '',
    ' ',
    'a',
    'http://',
    '/tcp',
    ': ',
    ' #',
    '#',
    '- ',
    '\n',
    'x\ny\n',
    "'",
    '"',
    '$',
    '$$',
    '$A',
    '$(B)',
    '{',
    '}',
    '%',
    '@',
    '`',
    '\\',
    '\t',
    'é',
  ],
  ...[
    'a long text of many words, so that go-yaml breaks the line before its end: '.repeat(2),
    'a-long-word-without-any-blank-in-it-'.repeat(4),
  ],
);

/** Mostly what people write; every now and then what nobody should. */
const text: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.tuple(around, plain, around).map((parts) => parts.join('')), weight: 12 },
  { arbitrary: fc.tuple(around, plain, around, plain).map((parts) => parts.join('')), weight: 3 },
  { arbitrary: fc.array(fc.oneof(around, plain, expression), { maxLength: 5 }).map((parts) => parts.join('')), weight: 1 },
  { arbitrary: fc.tuple(around, expression, around).map((parts) => parts.join('')), weight: 1 },
);

const value: fc.Arbitrary<unknown> = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    text,
    text,
    fc.constantFrom<unknown>('8080', 'on', '1e3', '0x1f', 'null', '', 'x', 1, 1.5, 1e6, -7, true, null),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof({ arbitrary: fc.constantFrom('a', 'b', 'a1', 'a10', 'a2', 'name', 'yes', '8080'), weight: 6 }, text),
      tie('node'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
})).node;

const LEFT_ALONE = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } as const;

/** Upper and lower case count. */
const ALMOST = { 'kustomize.toolkit.fluxcd.io/substitute': 'Disabled' } as const;

const often = (usual: fc.Arbitrary<Record<string, string>>, ...rare: readonly Record<string, string>[]) =>
  fc.oneof({ arbitrary: usual, weight: 12 }, ...rare.map((one) => ({ arbitrary: fc.constant(one), weight: 1 })));

const metadata = (label: string, of: number) =>
  fc.record(
    {
      name: fc.constant(`${label}-${of}`),
      namespace: fc.constantFrom('ferry', 'n-${A}'),
      labels: often(fc.constantFrom<Record<string, string>>({ app: 'v${NUM}' }, { app: 'x' }), ALMOST, LEFT_ALONE),
      annotations: often(fc.constantFrom<Record<string, string>>({ note: 'v${B}' }, { note: 'y' }), LEFT_ALONE),
    },
    { requiredKeys: ['name'] },
  );

const object = (of: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.record({
      apiVersion: fc.constant('example.org/v1'),
      kind: fc.constant('Thing'),
      metadata: metadata('thing', of),
      spec: fc.dictionary(fc.constantFrom('values', 'host', 'replicas', 'list', 'zones'), value, { maxKeys: 4, noNullPrototype: true }),
    }),
    fc.record({
      apiVersion: fc.constant('v1'),
      kind: fc.constant('ConfigMap'),
      metadata: metadata('config', of),
      data: fc.dictionary(fc.constantFrom('a', 'b.yaml', '1'), text, { maxKeys: 3, noNullPrototype: true }),
    }),
  );

const VALUES: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('x', '8080', 'yes', 'true', 'null', '~', '1.10', '0755', '1e3', '2020-01-01', '1_000', '.5', '0b11', '12:30', ''),
  fc.constantFrom(
    'a: b',
    'a #b',
    '*x',
    '&x',
    '!x',
    '!!int 3',
    '%x',
    '@x',
    '`x`',
    '{a: b}',
    '[a, b]',
    '{',
    '[',
    ']',
    '- a',
    '? a',
    '| ',
    '> a',
    '|',
  ),
  fc.constantFrom(
    '"quoted"',
    "'quoted'",
    '"',
    "'",
    '"a" b',
    ' lead',
    'trail ',
    'two\nlines',
    '\r',
    'tab\tbed',
    '\\',
    '$',
    '$$',
    '${A}',
    'é',
    '---',
    '...',
    '<<',
  ),
  fc.string({ maxLength: 6 }),
);

const variables = fc.record(
  {
    A: fc.oneof({ arbitrary: fc.constant('x'), weight: 2 }, VALUES),
    B: fc.oneof({ arbitrary: fc.constant('b'), weight: 2 }, VALUES),
    EMPTY: fc.constant(''),
    PATH_: fc.constant('foo/bar.tar.gz'),
    YES: fc.constantFrom('yes', 'true', 'on', 'y'),
    NUM: fc.constantFrom('8080', '3', '1.5', '007'),
    Q: fc.constant('"'),
    MAP: fc.constant('{a: 1, b: [x]}'),
    LIST: fc.constant('[a, 2]'),
    ODD: VALUES,
  },
  { requiredKeys: ['A', 'B', 'NUM', 'PATH_'] },
);

const bad = fc.constantFrom<Record<string, string>>(
  ...Array.from({ length: 20 }, () => ({})),
  { 'my-key': 'x' },
  { 'config.yaml': 'x' },
  { '1A': 'x' },
);

/** Each case is one folder of two objects and a Flux Kustomization that substitutes in it. */
export const substitutionCases: fc.Arbitrary<OracleCase> = fc
  .record({
    objects: fc.tuple(object(0), object(1)),
    inline: fc.option(variables),
    config: fc.option(fc.tuple(variables, bad).map(([good, odd]) => ({ ...good, ...odd }))),
    secret: fc.option(variables),
    absent: fc.constantFrom<readonly unknown[]>(
      ...Array.from({ length: 12 }, () => []),
      [{ kind: 'ConfigMap', name: 'gone', optional: true }],
      [{ kind: 'Secret', name: 'gone' }],
    ),
    always: fc.constantFrom(undefined, undefined, 'Always', 'WithVariables'),
  })
  .map(({ objects, inline, config, secret, absent }) => {
    const from = [
      ...(config ? [{ kind: 'ConfigMap', name: 'vars' }] : []),
      ...(secret ? [{ kind: 'Secret', name: 'secrets' }] : []),
      ...absent,
    ];
    return {
      files: {
        'app/kustomization.yaml': 'resources: [all.yaml]\n',
        'app/all.yaml': objects.map((one) => `${JSON.stringify(one)}\n`).join('---\n'),
      },
      path: 'app',
      spec: { postBuild: { ...(inline && { substitute: inline }), ...(from.length > 0 && { substituteFrom: from }) } },
      sources: { ...(config && { 'ConfigMap/vars': config }), ...(secret && { 'Secret/secrets': secret }) },
    };
  });
