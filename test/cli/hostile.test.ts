import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createColors } from 'picocolors';
import { performCheck } from '../../src/cli/check';
import type { CheckOptions } from '../../src/cli/check-options';
import { fluxEngine } from '../../src/cli/flux-engine';
import { performRender } from '../../src/cli/render';
import { schemaFiles } from '../../src/cli/schema-files';
import { layout, texts } from '../../src/flux';
import { office, sketch } from '../support/ferry';
import { CONFIG_MAP, cluster, flux, HOSTILE, write } from '../support/hostile';
import { recorded } from '../support/streams';

/*
 * Whatever a folder holds: the command ends, says something, and throws nothing. That it ends within bounds is jest's timeout; that it
 * stays within memory, the heap of the process that runs the tests.
 */
const home = join(__dirname, '..', '..');
const schemas = schemaFiles(join(home, 'imports', 'schemas'));
const engine = fluxEngine(() => sketch().repo, { schemas, today: '2026-11-26' });

let base: string;
let root: string;

beforeEach(() => {
  base = fs.mkdtempSync(join(tmpdir(), 'strata-hostile-'));
  root = join(base, 'repository');
  fs.mkdirSync(root);
  fs.writeFileSync(join(base, 'outside.yaml'), CONFIG_MAP);
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(base, { recursive: true, force: true });
});

const checked = (options: CheckOptions = {}) =>
  recorded((streams) => performCheck(engine, { folder: root, info: true, ...options }, streams, createColors(false)));

test.each(Object.entries(HOSTILE))('%s', (_, repository) => {
  write(root, repository);
  const opened = jest.spyOn(fs, 'openSync');
  const listed = jest.spyOn(fs, 'readdirSync');
  const { code, out, err } = checked();
  const touched = [...opened.mock.calls, ...listed.mock.calls].map(([path]) => String(path));
  // The program itself is loaded as it runs, wherever its packages lie.
  const outside = touched.filter((path) => ![root, home].some((folder) => path.startsWith(folder)) && !/[/\\]node_modules[/\\]/.test(path));
  jest.restoreAllMocks();
  expect({ code, err, outside }).toEqual({ code: expect.any(Number), err: '', outside: [] });
  expect([0, 1]).toContain(code);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: to find them is what it is for
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  expect(out.length).toBeLessThan(2_000_000);
});

test('a clean repository is clean, so the others are refused for what is wrong with them', () => {
  write(root, cluster({}));
  expect(checked({ info: false })).toMatchObject({ code: 0, err: '' });
});

test('JSON and SARIF of a hostile repository are JSON', () => {
  write(root, HOSTILE['names that move the terminal'] ?? {});
  for (const format of ['json', 'sarif'] as const) expect(JSON.parse(checked({ format }).out)).toEqual(expect.any(Object));
});

test('the text of a whole file never comes out: it may be anything', () => {
  write(root, cluster({ 'apps/a.yaml': `${CONFIG_MAP}${'secret '.repeat(1000)}` }));
  expect(checked().out).not.toContain('secret secret secret secret secret secret secret secret secret secret');
});

test('render of a hostile repository throws nothing either', () => {
  for (const [index, repository] of Object.values(HOSTILE).entries()) {
    if (index % 8 !== 0) continue; // a part of them, for time
    const dir = join(base, String(index));
    fs.mkdirSync(dir);
    write(dir, repository);
    const { code } = recorded((streams) => performRender(engine, { cluster: 'office', dir }, streams, createColors(false)));
    expect([index, [0, 1, 2].includes(code)]).toEqual([index, true]);
    fs.rmSync(dir, { recursive: true });
  }
});

describe('whatever is written over a good tree', () => {
  const made = sketch();
  office(made);
  const tree = [...texts(layout(made.repo))];
  const word = fc.constantFrom(
    'a',
    'kind',
    'Kustomization',
    'metadata',
    'spec',
    'path',
    'name',
    '${A}',
    '${',
    'null',
    '~',
    '0x1f',
    '1e3',
    '2026-01-01',
    '<<',
    '__proto__',
  );
  const piece = fc.oneof(
    word,
    fc.constantFrom(
      ': ',
      '\n',
      '\n  ',
      '\n- ',
      '\n---\n',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '|\n ',
      '"',
      "'",
      '#',
      '\t',
      '\r\n',
      '!!binary ',
      '%YAML 1.1\n',
      '? ',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const junk = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  const change = fc.record({ file: fc.nat(tree.length - 1), from: fc.nat(2000), length: fc.nat(60), junk });

  test('the command ends with 0 or 1, and throws nothing', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        fs.rmSync(root, { recursive: true });
        fs.mkdirSync(root);
        const files = new Map(tree);
        for (const { file, from, length, junk: text } of changes) {
          const [path = '', good = ''] = tree[file] ?? [];
          const at = from % (good.length + 1);
          files.set(path, `${good.slice(0, at)}${text}${good.slice(at + length)}`);
        }
        write(root, Object.fromEntries(files));
        const { code, err } = checked();
        expect({ err, ends: code === 0 || code === 1 }).toEqual({ err: '', ends: true });
      }),
      { numRuns: 60 },
    );
  });

  test('any Flux Kustomization at all', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(word, tie('node'), { maxKeys: 3, noNullPrototype: true }),
      ),
    })).node;
    const keys = [
      'path',
      'dependsOn',
      'patches',
      'postBuild',
      'sourceRef',
      'components',
      'images',
      'targetNamespace',
      'healthChecks',
      'commonMetadata',
      'decryption',
      'timeout',
      'wait',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 5, noNullPrototype: true }), (spec) => {
        fs.rmSync(root, { recursive: true });
        fs.mkdirSync(root);
        const text = Object.entries(spec)
          .map(([key, one]) => `${key}: ${JSON.stringify(one)}`)
          .join(', ');
        write(root, cluster({}, flux('apps', text === '' ? 'path: ./apps' : text)));
        const { code, err } = checked();
        expect({ err, ends: code === 0 || code === 1 }).toEqual({ err: '', ends: true });
      }),
      { numRuns: 60 },
    );
  });
});
