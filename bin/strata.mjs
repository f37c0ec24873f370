#!/usr/bin/env node
// `npx strata …`: builds build/strata.js where it is missing or older than what it is made from, then runs it in this process.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(home, 'build', 'strata.js');

if (
  timeOf(program) < newest(join(home, 'src'), join(home, 'imports'), join(home, 'scripts', 'build.mjs'), join(home, 'package-lock.json'))
) {
  execFileSync(process.execPath, [join(home, 'scripts', 'build.mjs')], { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] });
}
createRequire(import.meta.url)(program);

/** When it was last changed; long ago where it is not there. */
function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When the youngest of these, folders and all that is in them, was last changed: a folder is where a file was removed. */
function newest(...paths) {
  let time = 0;
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) continue;
    time = Math.max(time, stats.mtimeMs);
    if (stats.isDirectory()) time = Math.max(time, newest(...readdirSync(path).map((name) => join(path, name))));
  }
  return time;
}
