import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Finding } from '../../src/flux/finding';
import { generatedJson } from './run-time-schema';
import { generatedBy } from './typescript';

const KEPT = 'schemas/kubernetes/';

/** Writes the files, and removes generated ones that no source makes any more. */
export async function write(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const stray of await straysIn(directory, files)) await rm(join(directory, stray));
  for (const [path, text] of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}

/** What differs between the files on disk and those that the sources give. */
export async function differences(directory: string, files: ReadonlyMap<string, string>): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [path, text] of files) {
    const onDisk = await readFile(join(directory, path), 'utf8').catch(() => undefined);
    if (onDisk !== text)
      findings.push(
        stale(path, onDisk === undefined ? 'the file is missing' : 'the file differs from what its sources give', lineOf(onDisk, text)),
      );
  }
  for (const path of await straysIn(directory, files)) findings.push(stale(path, 'no source makes this file any more', 'the whole file'));
  return findings;
}

function stale(path: string, what: string, where: string): Finding {
  const why = 'the compiler would check authors against other versions than those that imports/sources.yaml pins';
  return { rule: 'stale-import', file: `imports/${path}`, what, where, why, fix: 'run npm run import and commit what it writes' };
}

function lineOf(onDisk: string | undefined, text: string): string {
  if (onDisk === undefined) return 'the whole file';
  const [found, expected] = [onDisk.split('\n'), text.split('\n')];
  return `line ${expected.findIndex((line, at) => line !== found[at]) + 1 || expected.length + 1}`;
}

async function straysIn(directory: string, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true }).catch(() => []);
  const folders = ['', 'charts/', 'schemas/', 'schemas/charts/', 'schemas/kubernetes/'];
  // What the sources make nothing of (a copy without Kubernetes' document) is kept.
  const made = folders.filter((folder) => folder !== KEPT || [...files.keys()].some((path) => path.startsWith(folder)));
  const strays = entries
    .map((entry) => entry.replaceAll('\\', '/'))
    .filter((entry) => /[.](ts|json)$/.test(entry) && !files.has(entry) && made.includes(entry.slice(0, entry.lastIndexOf('/') + 1)));
  const texts = await Promise.all(strays.map((stray) => readFile(join(directory, stray), 'utf8')));
  return strays.filter((_, at) => [generatedBy, generatedJson].some((mark) => texts[at]?.startsWith(mark))).sort();
}
