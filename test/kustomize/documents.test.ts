import fc from 'fast-check';
import { BuildError, documents, linesOf, YamlError } from '../../src/kustomize';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

const objectsOf = (text: string) => documents(text, 'a.yaml').map(({ object }) => object);
const dataOf = (values: string) => objectsOf(`${CONFIG_MAP}data:\n${values.replaceAll(/^/gm, '  ')}\n`)[0]?.['data'];

function errorOf(text: string): BuildError | undefined {
  try {
    documents(text, 'a.yaml');
    return undefined;
  } catch (error) {
    if (error instanceof BuildError) return error;
    throw error;
  }
}

describe('documents', () => {
  test('several in a file, with comments, CRLF, a byte order mark and empty ones among them', () => {
    const text = `\uFEFF# license\n---\n${CONFIG_MAP}---\n# nothing\n--- # next\n${CONFIG_MAP.replace('name: a', 'name: b')}---\n`;
    const read = documents(text.replaceAll('\n', '\r\n'), 'a.yaml');
    expect(read.map(({ object, index, line }) => [object['metadata'], index, line])).toEqual([
      [{ name: 'a' }, 0, 3],
      [{ name: 'b' }, 1, 10],
    ]);
  });

  test.each(['', '# only\n', '---\n', 'null\n', '{}\n'])('%j holds no object', (text) => {
    expect(documents(text, 'a.yaml')).toEqual([]);
  });

  test('what stands behind the end of a document is not read', () => {
    expect(objectsOf(`${CONFIG_MAP}...\nfoo: [\n`)).toHaveLength(1);
  });

  test('Lists are expanded: of one document in place, of several behind everything else', () => {
    const item = `- ${CONFIG_MAP.replaceAll('\n', '\n  ').trimEnd()}\n`;
    const named = (text: string) => objectsOf(text).map((object) => object['metadata']);
    expect(named(`apiVersion: v1\nkind: List\nitems:\n${item}`)).toEqual([{ name: 'a' }]);
    expect(named(`apiVersion: v1\nkind: ConfigMapList\nitems:\n${item}---\n${CONFIG_MAP.replace('name: a', 'name: b')}`)).toEqual([
      { name: 'b' },
      { name: 'a' },
    ]);
    expect(named('apiVersion: v1\nkind: List\nitems: []\n')).toEqual([]);
    expect(named('apiVersion: example.com/v1\nkind: AllowList\nmetadata:\n  name: x\n')).toEqual([{ name: 'x' }]);
  });

  test.each([
    ['no kind', 'metadata:\n  name: a\n', 1],
    ['no name', 'apiVersion: v1\nkind: ConfigMap\n', 1],
    ['no object', 'hello\n', 1],
    ['no YAML', `${CONFIG_MAP}data: [\n`, 6],
    ['a key twice', `${CONFIG_MAP}data:\n  a: x\n  a: y\n`, 7],
    ['a key that is no text', `${CONFIG_MAP}data:\n  6443: x\n`, 6],
    ['text behind the separator', `${CONFIG_MAP}--- foo\n${CONFIG_MAP}`, 5],
    ['infinity', `${CONFIG_MAP}data:\n  a: .inf\n`, 6],
    ['an escape of YAML 1.2', `${CONFIG_MAP}data:\n  a: "x\\/y"\n`, 6],
    ['a directive, which kustomize cuts off', `%YAML 1.2\n---\n${CONFIG_MAP}`, 1],
    ['an end before its beginning', `...\n---\n${CONFIG_MAP}`, 1],
    ['an anchor that is not there', `${CONFIG_MAP}data: *x\n`, 5],
  ])('%s is refused, with its line', (_, text, line) => {
    const error = errorOf(text);
    expect(error).toBeInstanceOf(YamlError);
    expect(error).toMatchObject({ kind: 'fails', file: 'a.yaml', line });
  });
});

describe('values', () => {
  test('are read as go-yaml reads them', () => {
    const values = 'a: 0777\nb: 0x1F\nc: 1_000\nd: yes\ne: 0o17\nf: 1e3\ng: 1.0\nh: 2001-01-01\ni: ~\nj: True\nk: "8080"\nl: 1:30\nm: 0b11';
    expect(dataOf(values)).toEqual({
      a: 511,
      b: 31,
      c: 1000,
      d: 'yes',
      e: 15,
      f: 1000,
      g: 1,
      h: '2001-01-01T00:00:00Z',
      i: null,
      j: true,
      k: '8080',
      l: '1:30',
      m: 3,
    });
  });

  test('anchors are filled in, merge keys too', () => {
    expect(dataOf('x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: {b: 4, <<: [{a: 5}, *x]}')).toEqual({
      x: { a: 1, b: 2 },
      y: { b: 3, a: 1 },
      z: { b: 4, a: 5 },
    });
  });

  test('tags are followed', () => {
    expect(dataOf('a: !!str 5\nb: !!int "7"\nc: !!binary aGVsbG8=\nd: !own x')).toEqual({ a: '5', b: 7, c: 'hello', d: 'x' });
  });

  test('a field called __proto__ is a field like any other', () => {
    const data = dataOf('__proto__: {polluted: yes}\nconstructor: x');
    expect(Object.keys(Object(data))).toEqual(['__proto__', 'constructor']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('folded text gains a line where kustomize writes it anew', () => {
    expect(dataOf('a: >\n  one\n  two\n    three\n  four')).toEqual({ a: 'one two\n\n  three\nfour\n' });
    expect(dataOf('a: >-\n  one\n\n  two')).toEqual({ a: 'one\ntwo' });
  });

  test('the last line of a block ends as the file does', () => {
    expect(objectsOf(`${CONFIG_MAP}data:\n  a: |\n    x`)[0]?.['data']).toEqual({ a: 'x' });
    expect(objectsOf(`${CONFIG_MAP}data:\n  a: |\n    x\n`)[0]?.['data']).toEqual({ a: 'x\n' });
  });
});

describe('hostile text', () => {
  test('aliases of aliases are stopped before they fill the memory', () => {
    const levels = Array.from(
      { length: 20 },
      (_, at) => `a${at + 1}: &a${at + 1} [${Array.from({ length: 9 }, () => `*a${at}`).join(', ')}]`,
    );
    const error = errorOf(`${CONFIG_MAP}a0: &a0 [x, x, x]\n${levels.join('\n')}\n`);
    expect(error).toMatchObject({ kind: 'unsupported', message: expect.stringContaining('aliases repeat more than') });
  });

  test('an anchor that contains itself is refused', () => {
    expect(errorOf(`${CONFIG_MAP}a: &a [*a]\n`)).toMatchObject({ kind: 'fails', message: expect.stringContaining('contains itself') });
  });

  test.each([5000, 20_000])('%d brackets are told as nested too deeply', (depth) => {
    expect(errorOf(`${CONFIG_MAP}a: ${'['.repeat(depth)}${']'.repeat(depth)}\n`)).toMatchObject({ kind: 'unsupported' });
  });

  test('whatever the text: objects, or an error with a line', () => {
    const fragment = fc.constantFrom(
      '---\n',
      'a: ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&x ',
      '*x',
      '<<: ',
      '|\n',
      '  ',
      '"',
      "'",
      '\t',
      '!!int ',
      'kind: List\n',
      'x\n',
      '#',
      '\r\n',
      '\u0000',
      '? ',
      ': ',
      '%YAML 1.2\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fragment).map((parts) => parts.join('')),
        ),
        (text) => {
          const error = errorOf(text);
          if (error) expect(error).toMatchObject({ file: 'a.yaml', line: expect.any(Number) });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('linesOf', () => {
  const text = `# note\n${CONFIG_MAP}  annotations:\n    example.com/a.b: x\n---\nkind: HelmRelease\nmetadata:\n  name: r\nspec:\n  values:\n    hosts:\n      - a\n      - b: 1\n        c: 2\n`;

  test.each([
    [0, 'metadata.name', 5],
    [0, 'metadata.annotations.example.com/a.b', 7],
    [1, 'spec.values.hosts.1.c', 17],
    [1, 'spec.values.hosts[0]', 15],
    [1, 'spec.values.missing.deep', 13],
    [1, '', 9],
  ])('document %d, %s', (index, path, line) => {
    expect(linesOf(text)(index, path)).toBe(line);
  });

  test('knows nothing of documents that are not there, nor of what is no YAML', () => {
    expect(linesOf(text)(2, 'kind')).toBeUndefined();
    expect(linesOf('a: [')(0, 'a')).toBeUndefined();
  });
});
