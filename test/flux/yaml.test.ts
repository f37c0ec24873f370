import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { documents, type Notes, NotYaml, toYaml } from '../../src/flux/yaml';

/** Pieces of which hostile strings are made: what one reader or another takes for structure, a number, a word. */
const PIECES =
  `a k8s:io /x x-y on Off yes NO y N null NULL ~ true 1 0 08 0x1f 0X1f 0o17 0O17 0B1 0b1 1e3 1e1_0 1_000 0_x1f -_1 1:30 12:30:45 .5 5. . e5 e-1 e+1 + - --
  ? : :: ' " { } [ ] , & * ! | > % @ \` # -- --- ... << = 2026-01-01 T10:00:00Z .nan .inf \\ \\n {{x}} $(V) \${V} $\${V} \${V:-1} ^ $ é 😀 1.16.5 5m __proto__`
    .split(/\s+/)
    .concat([
      '',
      ' ',
      '  ',
      '\t',
      '\n',
      '\n\n',
      '\r',
      '\r\n',
      '\0',
      '\x07',
      '\x1b',
      '\x7f',
      '\x85',
      '\xa0',
      '\xad',
      '\u200b',
      '\u2028',
      '\u2029',
      '\ufeff',
      '\uffff',
    ])
    .concat(['- ', '? ', ': ', ' #', '# ', '\n ', '\n\t', ' \n', '\n---\n', '\n# ']);

const hostile = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[-+]?[0-9._:xobeEXOBT-]{1,8}$/) },
);

const { tree } = fc.letrec<{ tree: unknown; map: object; list: unknown[] }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: hostile },
    {
      weight: 1,
      arbitrary: fc.oneof(fc.boolean(), fc.constant(null), fc.integer(), fc.constantFrom(1.5, -0.25, 1e21, 1e-7, 5e-324, 2 ** 53)),
    },
    { weight: 3, arbitrary: tie('map') },
    { weight: 2, arbitrary: tie('list') },
  ),
  map: fc.array(fc.tuple(hostile, tie('tree')), { maxLength: 4 }).map(ownEntries),
  list: fc.array(tie('tree'), { maxLength: 4 }),
}));
const root = fc.oneof(fc.array(fc.tuple(hostile, tree), { maxLength: 4 }).map(ownEntries), fc.array(tree, { maxLength: 4 }));

/** Unlike `{ ...}` and assignment, right for a key such as `__proto__` too. */
function ownEntries(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

/** Notes on random objects of a tree, of both kinds. */
function notesFor(value: unknown, pick: () => number, notes = new Map<object, string | Record<string, string>>()): Notes {
  if (typeof value !== 'object' || value === null) return notes;
  if (pick() < 0.4) notes.set(value, pick() < 0.5 ? 'why: "this" # one' : ownNotes(Object.keys(value)));
  for (const child of Object.values(value)) notesFor(child, pick, notes);
  return notes;
}

function ownNotes(keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key): [string, string] => [key, `- of ${key.length}: note`]));
}

const RUNS = 2000;

describe('what is written is what is read', () => {
  const readers: Record<string, (text: string) => unknown> = {
    'yaml, 1.2': (text) => parse(text, { version: '1.2' }),
    'yaml, 1.1 (as kustomize reads)': (text) => parse(text, { version: '1.1' }),
    'js-yaml': (text) => load(text),
  };

  test.each(Object.entries(readers))('%s', (_, read) => {
    fc.assert(
      fc.property(root, (value) => assert.deepStrictEqual(read(toYaml(value)), value)),
      { numRuns: RUNS },
    );
  });

  test('notes change nothing of it, and every one of them is there', () => {
    fc.assert(
      fc.property(root, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (value, stream) => {
        const notes = notesFor(value, () => stream.next().value ?? 0);
        const text = toYaml(value, notes);
        for (const read of Object.values(readers)) assert.deepStrictEqual(read(text), value);
        const wanted = [...notes.values()].reduce((sum, note) => sum + (typeof note === 'string' ? 1 : Object.keys(note).length), 0);
        assert.strictEqual(text.match(/# (?:why: "this" # one|- of \d+: note)/g)?.length ?? 0, wanted);
      }),
      { numRuns: 1000 },
    );
  });

  test('several documents', () => {
    fc.assert(
      fc.property(fc.array(root, { minLength: 1, maxLength: 4 }), (values) => {
        const read = parseAllDocuments(documents(values));
        assert(Array.isArray(read));
        assert.deepStrictEqual(
          read.map((document) => document.toJS()),
          values,
        );
      }),
      { numRuns: 500 },
    );
  });

  // The nearest relative of kustomize's go-yaml that a test machine has: both are ports of libyaml and read YAML 1.1.
  const python = spawnSync('python3', ['-c', 'import yaml']).status === 0 || process.env.CI ? test : test.skip;
  python(
    'PyYAML (skipped without python3-yaml, never in CI)',
    () => {
      const values = fc.sample(root, { numRuns: RUNS, seed: 1 });
      const script = [
        'import json, sys, yaml',
        'loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)',
        'for case in json.load(sys.stdin):',
        '  for name in {loader, yaml.SafeLoader}:',
        '    try: read = json.dumps(yaml.load(case["text"], name), sort_keys=True)',
        '    except Exception as error: read = repr(error)',
        '    if read != json.dumps(case["value"], sort_keys=True): print(json.dumps([case["text"], read]))',
      ].join('\n');
      const input = JSON.stringify(values.map((value) => ({ value, text: toYaml(value) })));
      const { stdout, stderr, status } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
      expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
    },
    120_000,
  );
});

describe('strings', () => {
  const quoted = (text: string) => toYaml([text]).slice(2, -1);

  test.each(
    `yes no on off y n Y N ~ null Null true FALSE 0 08 0755 0o17 0O17 0x1f 0X1f 0b1 0B1 1e3 1e1_0 1E5 1_000 0_x1f -_1 +1 -1 1.5 .5 5. . e5 e-1 e+1 1:30 12:30:45 190:20:30.15
     2026-01-01 2026-1-1 2026-01-01T10:00:00Z .inf -.Inf .nan << = - ? : * & ! | > % @ \` { [ # ,a &a *a !a |a >a %a @a \`a ]a --- ... a: \${VAR} a\${VAR}b \${A:-b}`.split(
      /\s+/,
    ),
  )('%s is quoted, as a key too', (text) => {
    expect(quoted(text)).toBe(`"${text}"`);
    expect(toYaml({ [text]: 1 })).toBe(`"${text}": 1\n`);
  });

  test.each(
    `a 5m 10m 1.16.5 v1 1.x 10.244.0.0/16 192.168.50.100 k8s:io.kubernetes.pod.namespace https://x.example/y?z=1#f ./namespaces/x repo/image:1.2@sha256:0a --flag=1 -f
     $(POD_IP) a,b a*b 5432,6379 0xyz 1e e 100Mi 500m 1h30m é 😀 it's a"b <a =a ~a .a ..`.split(/\s+/),
  )('%s is plain, as a key too', (text) => {
    expect(quoted(text)).toBe(text);
    expect(toYaml({ [text]: 1 })).toBe(`${text}: 1\n`);
  });

  test.each([
    ['', '""'],
    [' a', '" a"'],
    ['a ', '"a "'],
    ['a: b', '"a: b"'],
    ['a #b', '"a #b"'],
    ['--- a', '"--- a"'],
    ['{"a": 1}', `'{"a": 1}'`],
    [`{"a": 'b'}`, `"{\\"a\\": 'b'}"`],
    ['{"a": "${B}"}', '"{\\"a\\": \\"${B}\\"}"'],
    ['a\tb', '"a\\tb"'],
    ['a\rb', '"a\\rb"'],
    ['a\r\nb', '"a\\r\\nb"'],
    ['\ufeff', '"\\ufeff"'],
    ['a\u2028b', '"a\\u2028b"'],
    ['a\xa0b\u202e', '"a\\u00a0b\\u202e"'],
    ['\0\x1b\x7f\x85', '"\\u0000\\u001b\\u007f\\u0085"'],
    ['a\\b', 'a\\b'],
    ['\n', '"\\n"'],
    ['a\n  ', '"a\\n  "'],
  ])('%j is written %s', (text, expected) => expect(quoted(text)).toBe(expected));

  test('a long line is never folded', () => {
    const words = 'word '.repeat(2000).trim();
    expect(toYaml({ words })).toBe(`words: ${words}\n`);
  });

  test('a text of several lines is a literal block', () => {
    expect(
      toYaml({
        strip: 'a\n\n  b\nc',
        keep: 'a\nb\n',
        all: 'a\n\n\n',
        indented: '  a\nb\n',
        later: '\n a',
        variable: '${A}\n',
        list: ['# a\n---\n\tb\n', { x: 'a\nb' }],
        'k\ney': 1,
      }),
    ).toMatchInlineSnapshot(`
"strip: |-
  a

    b
  c
keep: |
  a
  b
all: |+
  a


indented: |2
    a
  b
later: |2-

   a
variable: |
  \${A}
list:
  - |
    # a
    ---
    	b
  - x: |-
      a
      b
"k\\ney": 1
"
`);
  });
});

describe('layout', () => {
  test('as in the specification: order kept, items indented, nothing empty in block style', () => {
    const text = toYaml({
      kind: 'CiliumNetworkPolicy',
      apiVersion: 'cilium.io/v2',
      spec: {
        endpointSelector: {},
        egress: [{ toEntities: ['kube-apiserver'], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] }, { toEndpoints: [{}] }],
        ingress: [],
        nested: [['a', ['b', []]], []],
        absent: undefined,
        nothing: null,
        numbers: [0, -0, 1.5, 1e21, 1e-7, 12345678901],
      },
    });
    expect(text).toMatchInlineSnapshot(`
"kind: CiliumNetworkPolicy
apiVersion: cilium.io/v2
spec:
  endpointSelector: {}
  egress:
    - toEntities:
        - kube-apiserver
      toPorts:
        - ports:
            - port: "443"
              protocol: TCP
    - toEndpoints:
        - {}
  ingress: []
  nested:
    - - a
      - - b
        - []
    - []
  nothing: null
  numbers:
    - 0
    - 0
    - 1.5
    - 1.0e+21
    - 1.0e-7
    - 12345678901
"
`);
  });

  test('empty roots', () => {
    expect(toYaml({})).toBe('{}\n');
    expect(toYaml([])).toBe('[]\n');
    expect(toYaml({ a: undefined })).toBe('{}\n');
    expect(documents([])).toBe('');
    expect(documents([{ a: 1 }, { b: 2 }])).toBe('a: 1\n---\nb: 2\n');
  });

  test('an object that occurs twice is written twice, without an anchor', () => {
    const shared = { app: 'ferry' };
    expect(toYaml({ a: shared, b: [shared] })).toBe('a:\n  app: ferry\nb:\n  - app: ferry\n');
  });

  test('an object without a prototype, and one of another realm', () => {
    expect(toYaml(Object.assign(Object.create(null), { a: structuredClone({ b: 1 }) }))).toBe('a:\n  b: 1\n');
  });

  test('ordinary manifests read as the yaml package writes them', () => {
    const word = fc.constantFrom(
      'ferry',
      'app.kubernetes.io/name',
      '1.16.5',
      '443',
      'yes',
      '5m',
      '',
      'a: b',
      '{"a": 1}',
      'a\nb\n',
      '*',
      'https://x.example',
    );
    const plain = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium' },
        word,
        fc.boolean(),
        fc.nat(),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(word, tie('tree'), { maxKeys: 3 }),
      ),
    })).tree;
    const options = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;
    fc.assert(
      fc.property(fc.dictionary(word, plain), (value) => expect(toYaml(value)).toBe(stringify(value, options))),
      { numRuns: 500 },
    );
  });
});

describe('notes', () => {
  test('stand at the end of the first line, or above where a block begins there', () => {
    const monitoring = { name: 'monitoring' };
    const cilium = { name: 'cilium' };
    const script = { run: 'a\nb\n', shell: 'sh' };
    const nested = { metadata: { name: 'x' } };
    const values = { username: '', password: 'x', config: 'a\nb', on: true };
    const install = { retries: 3 };
    const empty = {};
    const list = ['namespace.yaml', 'a\nb'];
    const value = { dependsOn: [monitoring, cilium], script: [script], nested: [[[script]], nested], values, install, empty, list };
    const notes: Notes = new Map<object, string | Record<string, string>>([
      [value, 'the whole'],
      [monitoring, 'PrometheusRule, ServiceMonitor'],
      [cilium, 'namespace kube-system'],
      [script, 'twice a day'],
      [nested, 'a block of its own'],
      [values, { username: 'fixed: netcorp', config: 'as upstream has it', on: 'always', absent: 'unused' }],
      [install, 'never uninstalled'],
      [empty, 'every pod'],
      [list, { 0: 'first', 1: 'second' }],
    ]);
    expect(toYaml(value, notes)).toMatchInlineSnapshot(`
"# the whole
dependsOn:
  - name: monitoring  # PrometheusRule, ServiceMonitor
  - name: cilium  # namespace kube-system
script:
  # twice a day
  - run: |
      a
      b
    shell: sh
nested:
  # twice a day
  - - - run: |
          a
          b
        shell: sh
  - metadata:  # a block of its own
      name: x
values:
  username: ""  # fixed: netcorp
  password: x
  # as upstream has it
  config: |-
    a
    b
  "on": true  # always
install:  # never uninstalled
  retries: 3
empty: {}  # every pod
list:
  - namespace.yaml  # first
  # second
  - |-
    a
    b
"
`);
  });

  test('two of them on one line', () => {
    const inner = { a: { b: 1 } };
    expect(
      toYaml(
        [inner],
        new Map<object, string>([
          [inner, 'outer'],
          [inner.a, 'inner'],
        ]),
      ),
    ).toBe('- a:  # inner  # outer\n    b: 1\n');
  });

  test.each(['a\nb', 'a\rb', 'a\u2028b'])('%j is no note', (note) => {
    const item = { name: 'x' };
    expect(() => toYaml({ list: [item] }, new Map([[item, note]]))).toThrow('list[0]: a note is one line of text');
  });
});

describe('what YAML cannot hold is refused with its path', () => {
  class Replicas {}
  const loop: { self?: unknown } = {};
  loop.self = loop;

  test.each<[string, unknown]>([
    ['a Date', new Date(0)],
    ['a Replicas', new Replicas()],
    ['a Map', new Map()],
    ['a Set', new Set()],
    ['an Error', new Error('x')],
    ['a String', Object('x')],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a bigint', 1n],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['half a UTF-16 pair', 'a\ud800b'],
    ['half a UTF-16 pair', 'a\n\udc00'],
  ])('%s', (name, value) => {
    const message = `is ${name}, which YAML cannot hold`;
    expect(() => toYaml({ a: 1, spec: { values: { replicas: value } } })).toThrow(new NotYaml(`spec.values.replicas ${message}`));
    expect(() => toYaml({ 'a.b/c': [{ x: 1 }, { y: value }] })).toThrow(new NotYaml(`["a.b/c"][1].y ${message}`));
    expect(() => toYaml([value])).toThrow(new NotYaml(`[0] ${message}`));
  });

  test('undefined in a list, the root itself, a key, a loop', () => {
    expect(() => toYaml({ a: [1, undefined] })).toThrow(new NotYaml('a[1] is undefined, which YAML cannot hold'));
    expect(() => toYaml(new Date(0))).toThrow(new NotYaml('the document is a Date, which YAML cannot hold'));
    expect(() => toYaml({ a: { '\ud800': 1 } })).toThrow('is half a UTF-16 pair, which');
    expect(() => toYaml({ a: { [`k${'x'.repeat(1024)}`]: 1 } })).toThrow('is a key of 1025 characters, which');
    expect(() => toYaml(loop)).toThrow(
      new NotYaml('self.self.self.self.self.self.self.self is an object that contains itself, which YAML cannot hold'),
    );
  });

  test('the longest key and the deepest tree that are written can be read', () => {
    const key = 'k'.repeat(1024);
    let deep: object = { [key]: 1 };
    for (let i = 0; i < 199; i++) deep = i % 2 ? [deep] : { a: deep };
    expect(parse(toYaml(deep))).toEqual(deep);
    expect(load(toYaml(deep), { maxDepth: 1000 })).toEqual(deep);
  });
});
