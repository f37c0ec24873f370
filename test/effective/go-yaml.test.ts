import fc from 'fast-check';
import { emitYaml } from '../../src/effective/go-yaml-emit';
import { compareKeys } from '../../src/effective/go-yaml-keys';
import { readYaml } from '../../src/effective/go-yaml-read';
import { YamlError } from '../../src/effective/go-yaml-source';

/** All of it was run through sigs.k8s.io/yaml 1.6.0, which is go-yaml v2. */
describe('what go-yaml v2 writes', () => {
  test.each([
    ['words stay plain', { a: 'x y', b: '${A}' }, 'a: x y\nb: ${A}\n'],
    [
      'what would read as something else is quoted',
      { a: 'yes', b: '1', c: '', d: '~', e: '1:30' },
      'a: "yes"\nb: "1"\nc: ""\nd: "~"\ne: "1:30"\n',
    ],
    ['a date too', { a: '2020-01-01' }, 'a: "2020-01-01"\n'],
    [
      'signs that mean something: single quotes',
      { a: '*x', b: 'a: b', c: "it's #1 #2", d: ' x' },
      "a: '*x'\nb: 'a: b'\nc: 'it''s #1 #2'\nd: ' x'\n",
    ],
    ['what cannot be printed: double quotes', { a: 'tab\there', b: '😀', c: '\r' }, 'a: "tab\\there"\nb: "\\U0001F600"\nc: "\\r"\n'],
    ['lines: a block', { a: 'x\ny\n', b: 'x\ny', c: 'x\n\n' }, 'a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\n'],
    ['lines that begin with a blank say how far they are indented', { a: ' x\ny' }, 'a: |2-\n   x\n  y\n'],
    ['lists are not indented within maps', { a: ['x', { b: [] }, ['y']] }, 'a:\n- x\n- b: []\n- - "y"\n'],
    ['long lines break at a blank after column 80', { a: `${'word '.repeat(17)}end` }, `a: ${'word '.repeat(15)}word\n  word end\n`],
    [
      'numbers',
      { a: 1, b: 1.5, c: 1e6, d: 1234567.5, e: 1e21, f: 0.00001 },
      'a: 1\nb: 1.5\nc: 1000000\nd: 1.2345675e+06\ne: 1e+21\nf: 1e-05\n',
    ],
    ['nothing', { a: null, b: {}, c: true }, 'a: null\nb: {}\nc: true\n'],
    ['a long key takes two lines', { ['k'.repeat(129)]: 1 }, `? ${'k'.repeat(129)}\n: 1\n`],
  ])('%s', (_, value, text) => {
    expect(emitYaml(value)).toBe(text);
  });

  test('keys are sorted by their numbers, letters last', () => {
    expect(['b', 'a10', 'a2', 'A', '_x', '10', '9'].sort(compareKeys)).toEqual(['_x', '9', '10', 'A', 'a2', 'a10', 'b']);
  });

  test('a control character is refused, as go-yaml refuses it', () => {
    expect(() => emitYaml({ a: '\u007f' })).toThrow(new YamlError('control characters are not allowed'));
  });
});

describe('what go-yaml v2 reads', () => {
  test.each([
    ['a: yes\nb: On\nc: n\nd: "yes"', { a: true, b: true, c: false, d: 'yes' }],
    ['a: 0755\nb: 0o17\nc: 0x1F\nd: 0b11\ne: 1_000\nf: 089', { a: 493, b: 15, c: 31, d: 3, e: 1000, f: 89 }],
    ['a: 1.\nb: .5\nc: 1e3\nd: +1\ne: 12:30:45', { a: 1, b: 0.5, c: 1000, d: 1, e: '12:30:45' }],
    ['a: ~\nb:\nc: null\nd: Null', { a: null, b: null, c: null, d: null }],
    ['a: 2020-01-01\nb: !!str 5\nc: !own 5\nd: !!float 5', { a: '2020-01-01', b: '5', c: '5', d: 5 }],
    ['a: x # y\nb: x#y\nc: a:b', { a: 'x', b: 'x#y', c: 'a:b' }],
    ['a: &x [1, {b: 2}]\nc: *x', { a: [1, { b: 2 }], c: [1, { b: 2 }] }],
    ['a: &x {b: 1}\nc:\n  <<: *x\n  d: 2', { a: { b: 1 }, c: { b: 1, d: 2 } }],
    ['1: a\ntrue: b\n1.5: c', { '1': 'a', true: 'b', '1.5': 'c' }],
    ['a: 1\na: 2', { a: 2 }],
    ['a: x\n  y\n\n  z', { a: 'x y\nz' }],
    ["a: 'it''s\n  it'\nb: \"a\\\n  b\\u00e9\"", { a: "it's it", b: 'abé' }],
    ['a: |\n  x\n   y\n\nb: >-\n  x\n  y', { a: 'x\n y\n', b: 'x y' }],
    ['? a\n: b\n- c', 'line 2: did not find expected key'],
    ['[a, b: c, {d, e: }]', ['a', { b: 'c' }, { d: null, e: null }]],
    ['--- \n...\n', null],
    ['a: 1\n---\nb: 2', { a: 1 }],
    ['a: b: c', 'mapping values are not allowed in this context'],
    ['a: - b', 'block sequence entries are not allowed in this context'],
    ['a: *x', "unknown anchor 'x' referenced"],
    ['a: @x', 'found character that cannot start any token'],
    ['a: {b', "line 1: did not find expected ',' or '}'"],
    ['a: "b', 'found unexpected end of stream'],
    ['a: .inf', 'json: unsupported value: +Inf'],
    ['~: a', 'unsupported map key of type: null'],
    ['a: !!int x', 'cannot decode !!str `x` as a !!int'],
  ])('%j', (text, wanted) => {
    if (typeof wanted === 'string') expect(() => readYaml(text)).toThrow(new YamlError(wanted));
    else expect(readYaml(text)).toEqual(wanted);
  });

  test('whatever the text, there is a value or an error of its own', () => {
    const bits = fc.constantFrom(
      ...[
        'a',
        ': ',
        '- ',
        '? ',
        '\n',
        '  ',
        '"',
        "'",
        '|',
        '>',
        '&a ',
        '*a',
        '!t ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '#',
        '%',
        '---\n',
        '<<: ',
        '\t',
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 15 }), (parts) => {
        try {
          readYaml(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(YamlError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('neither depth nor aliases exhaust it', () => {
    expect(() => readYaml('['.repeat(100_000))).toThrow(YamlError);
    const bomb = Array.from(
      { length: 30 },
      (_, level) => `a${level}: &a${level} [${level === 0 ? 'x' : `*a${level - 1}, *a${level - 1}`}]`,
    );
    expect(() => readYaml(bomb.join('\n'))).toThrow(new YamlError('document contains excessive aliasing'));
  });
});

test('what is written is read back as it was', () => {
  const key = fc.string().filter((text) => text !== '<<' && text !== '__proto__');
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'grapheme' }).filter((text) => !/[\u007f-\u009f\ufffe\uffff]/.test(text)),
      fc.constantFrom('a: b', 'x\ny', ' x\n', '\n', '- a', '*a', 'word '.repeat(30), 'yes', '1e3', '0x1', "'", '"', '---', '\ttab\n'),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(key, tie('node'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(node, (value) => {
      const json = JSON.parse(JSON.stringify(value));
      expect(readYaml(emitYaml(json))).toEqual(json);
    }),
    { numRuns: 500 },
  );
});
