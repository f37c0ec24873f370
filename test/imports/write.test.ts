import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedBy } from '../../scripts/import/typescript';
import { differences, write } from '../../scripts/import/write';
import { say } from '../../src/flux/finding';

const files = new Map([
  ['meta.ts', `${generatedBy}\nexport type A = 1;\n`],
  ['charts/ferry.ts', `${generatedBy}\n`],
]);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'strata-write-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('what was written does not differ', async () => {
  await write(directory, files);
  expect(await differences(directory, files)).toEqual([]);
});

test('a changed, a missing and a left-over file are each a finding', async () => {
  await write(directory, new Map([...files, ['old.ts', `${generatedBy}\n`]]));
  writeFileSync(join(directory, 'meta.ts'), `${generatedBy}\nexport type A = 2;\n`);
  rmSync(join(directory, 'charts/ferry.ts'));
  expect((await differences(directory, files)).map(say).join('\n\n')).toBe(`imports/meta.ts: stale-import
  what   the file differs from what its sources give
  where  line 2
  why    the compiler would check authors against other versions than those that imports/sources.yaml pins
  fix    run npm run import and commit what it writes

imports/charts/ferry.ts: stale-import
  what   the file is missing
  where  the whole file
  why    the compiler would check authors against other versions than those that imports/sources.yaml pins
  fix    run npm run import and commit what it writes

imports/old.ts: stale-import
  what   no source makes this file any more
  where  the whole file
  why    the compiler would check authors against other versions than those that imports/sources.yaml pins
  fix    run npm run import and commit what it writes`);
});

test('writing removes generated files that no source makes, and leaves what people wrote', async () => {
  writeFileSync(join(directory, 'old.ts'), `${generatedBy}\n`);
  writeFileSync(join(directory, 'by-hand.ts'), 'export {};\n');
  writeFileSync(join(directory, 'sources.yaml'), 'crds: []\n');
  await write(directory, files);
  expect(readdirSync(directory).sort()).toEqual(['by-hand.ts', 'charts', 'meta.ts', 'sources.yaml']);
  expect(readFileSync(join(directory, 'meta.ts'), 'utf8')).toBe(files.get('meta.ts'));
});
