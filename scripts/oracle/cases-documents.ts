import fc from 'fast-check';
import type { OracleCase } from './case';

/** Files as people write them: every style of YAML, comments everywhere, and some that are none. */

const plain = fc.constantFrom(
  ...[
    'x',
    'some words',
    'a: b',
    '8080',
    '0777',
    '0x1F',
    '1_000',
    '1e3',
    '1.0',
    '.5',
    '-1',
    'yes',
    'On',
    'True',
    'null',
    '~',
    '',
    '2001-01-01',
    '12:30',
  ],
  ...[
    'a#b',
    'a #b',
    '- x',
    '-x',
    '?x',
    'x?',
    ':x',
    'http://x:80/y',
    '@x',
    '`x',
    '%x',
    '!x',
    '&x',
    '*x',
    '{{ .Values }}',
    '[a',
    'a]',
    "it's",
    'a "b"',
    '<<',
    '=',
    '${VAR}',
    '日本',
    'a\\nb',
    '>x',
    '|x',
    '.',
    '..',
    '-',
    '--',
    '---x',
    'x:',
    '0o17',
    '1.2.3',
  ],
);

const inQuotes = fc
  .tuple(
    fc.constantFrom("'", '"'),
    fc.constantFrom(
      'x',
      '',
      '8080',
      'a: b',
      '# no',
      'two\n  lines',
      'a\n\n  b',
      '\\t',
      "''",
      'é',
      ' x ',
      'a\\\n  b',
      '\\x41',
      '\\u00e9',
      '\\/',
      '${VAR}',
    ),
  )
  .map(([quote, text]) => {
    const body = quote === '"' ? text.replaceAll("''", '\\"') : text;
    return `${quote}${body}${quote}`;
  });

/** The first line sets the indentation: a comment that stands less far in, behind a block that keeps its breaks, gives kustomize one more. */
const block = fc
  .tuple(
    fc.constantFrom('|', '>'),
    fc.constantFrom('', '-', '+', '2', '2-'),
    fc.array(fc.constantFrom('line', '', '  more', '# no comment', 'a: b', '---', 'x  '), { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', ' # comment'),
  )
  .map(([style, indicator, lines, comment]) => ({
    head: `${style}${indicator}${comment}`,
    lines: [indicator.startsWith('2') ? '' : 'first', ...lines],
  }));

const key = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('a', 'b', 'c', 'd.e/f', '"quoted"', "'q'", 'with space', 'on') },
  { weight: 1, arbitrary: fc.constantFrom('a', '<<', '80', '? x') },
);
const comment = fc.constantFrom<readonly string[]>([], [], [], ['# comment'], [''], ['', '# two', '']);

type Tree = { readonly node: readonly string[]; readonly flow: string };

/** Lines of a value, the first of which continues the line of its key. */
const value: fc.Arbitrary<readonly string[]> = fc.letrec<Tree>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    plain.map((text) => [text]),
    inQuotes.map((text) => text.split('\n')),
    block.map(({ head, lines }) => [head, ...lines.map((line) => (line === '' ? '' : `  ${line}`))]),
    fc.constantFrom(['words', '  go on', '  here'], ['&a x'], ['!!str 5'], ['!own x'], ['# comment', '  x']),
    tie('flow').map((text) => [text]),
    fc
      .uniqueArray(fc.tuple(key, tie('node'), comment), { minLength: 1, maxLength: 3, selector: ([name]) => name })
      .map((entries) => [
        '',
        ...entries
          .flatMap(([name, lines, after]) => [...after, ...continued(`${name}:`, lines)])
          .map((line) => (line === '' ? '' : `  ${line}`)),
      ]),
    fc
      .tuple(fc.array(fc.tuple(tie('node'), comment), { minLength: 1, maxLength: 3 }), fc.constantFrom('', '  '))
      .map(([items, indent]) => [
        '',
        ...items.flatMap(([lines, after]) => [...after, ...item(lines)]).map((line) => (line === '' ? '' : `${indent}${line}`)),
      ]),
  ),
  flow: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.constantFrom('x', '8080', 'yes', "'q'", '"d"', 'a b', 'null', '~', '1.5'),
    fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', '"c"', 'd e', '5'), tie('flow')), { maxLength: 2 })
      .map((entries) => `{${entries.map(([name, text]) => `${name}: ${text}`).join(', ')}}`),
  ),
})).node;

function continued(head: string, [first = '', ...rest]: readonly string[]): readonly string[] {
  return [first === '' ? head : `${head} ${first}`, ...rest];
}

/** A list item: a block on its own line moves up beside the dash. */
function item(lines: readonly string[]): readonly string[] {
  const [first = '', second, ...rest] = lines;
  if (first !== '' || second === undefined) return [`- ${first}`.trimEnd(), ...lines.slice(1)];
  return second.startsWith('  ') ? [`- ${second.slice(2)}`, ...rest] : [`-`, second, ...rest];
}

const object = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.uniqueArray(fc.tuple(fc.constantFrom('data', 'spec', 'x', 'y'), value), {
      minLength: 1,
      maxLength: 3,
      selector: ([field]) => field,
    }),
    fc.constantFrom('  ', '    '),
  )
  .map(
    ([name, fields, indent]) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n${indent}name: ${name}\n${fields.flatMap(([field, lines]) => continued(`${field}:`, lines)).join('\n')}\n`,
  );

const text = fc
  .tuple(
    fc.array(fc.oneof({ weight: 8, arbitrary: object }, { weight: 1, arbitrary: fc.constantFrom('# nothing\n', '', 'null\n') }), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom('---\n', '--- # next\n', '---  \n', '...\n---\n'),
    fc.constantFrom(
      ...Array.from({ length: 8 }, () => ['', '---\n', '# license\n', '# license\n---\n', '\uFEFF']).flat(),
      '%YAML 1.1\n---\n',
    ),
    fc.constantFrom('', '', '', '---\n', '\n\n', 'no newline', 'crlf'),
  )
  .map(([documents, between, before, after]) => {
    const all = before + documents.join(between) + (after === 'no newline' || after === 'crlf' ? '' : after);
    return after === 'no newline' ? all.trimEnd() : after === 'crlf' ? all.replaceAll('\n', '\r\n') : all;
  });

export const documentCases: fc.Arbitrary<OracleCase> = text.map((written) => ({
  files: { 'app/kustomization.yaml': 'resources:\n  - all.yaml\n', 'app/all.yaml': written },
  path: 'app',
  spec: {},
}));
