import fc from 'fast-check';
import { linesOf } from '../../src/cli/lines';
import { filesFrom } from '../../src/kustomize';

const TEXT = `# first
apiVersion: v1
kind: ConfigMap
metadata:
  name: ferry
  labels:
    app.kubernetes.io/name: ferry
    app: other
data:
  a.b: x
---
kind: List
items:
  - metadata: { name: one }
  - metadata:
      name: two
    spec:
      hosts: [a,
        b]
`;

const lineOf = linesOf(filesFrom(new Map([['a.yaml', TEXT]])));

test.each([
  [0, '', 2],
  [0, 'kind', 3],
  [0, 'metadata.labels.app.kubernetes.io/name', 7],
  [0, 'metadata.labels.app', 8],
  [0, 'data.a.b', 10],
  [1, '', 12],
  [1, 'items[1].spec.hosts[1]', 19],
  [1, 'items.1.spec.hosts.1', 19],
  [1, 'items[0].metadata.name', 14],
])('document %i, %j begins on line %i', (document, at, line) => {
  expect(lineOf('a.yaml', document, at)).toBe(line);
});

test.each([
  [0, 'metadata.annotations', 4],
  [0, 'spec.timeout', 2],
  [1, 'items[7].spec', 13],
  [1, 'items[1].spec.hosts[0].port', 18],
])('what is missing, document %i, %j, is missing on line %i', (document, at, line) => {
  expect(lineOf('a.yaml', document, at)).toBe(line);
});

test('of what cannot be read nothing is known', () => {
  const files = filesFrom(
    new Map([
      ['empty.yaml', ''],
      ['large.yaml', `a: "${'x'.repeat(1024 * 1024)}"`],
    ]),
  );
  const lines = linesOf(files);
  expect(['empty.yaml', 'large.yaml', 'none.yaml'].map((path) => lines(path, 0, 'a'))).toEqual(Array(3).fill(undefined));
  expect(lineOf('a.yaml', 2, '')).toBeUndefined();
});

test('a file nested deeper than any parser goes is no trouble', () => {
  const deep = linesOf(filesFrom(new Map([['a.yaml', `a: ${'['.repeat(100_000)}`]])));
  expect([undefined, 1]).toContain(deep('a.yaml', 0, 'a[0][0]'));
});

test('whatever is asked of whatever text: a line of it, or nothing', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('a:', ' b', '\n', '  - ', '&x ', '*x', '---\n', '? ', '<<: *x', '"', '[', '}', '\t'));
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
  const at = fc.array(fc.constantFrom('a', '.', '[0]', '0', 'b', '[', ']', '<<'), { maxLength: 8 }).map((steps) => steps.join(''));
  fc.assert(
    fc.property(text, fc.nat(3), at, (content, document, path) => {
      const line = linesOf(filesFrom(new Map([['a.yaml', content]])))('a.yaml', document, path);
      if (line !== undefined) expect(line >= 1 && line <= content.split('\n').length).toBe(true);
    }),
  );
});
