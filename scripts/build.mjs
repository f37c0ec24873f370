// node scripts/build.mjs [FOLDER] [SOURCES]: makes FOLDER/strata.js (build/ by default) from SOURCES (src/ by default).
//
// Files of plain JavaScript, so that synth loads no TypeScript, no package folder and no generated type: the program, named after its
// content; strata.js, which loads it only when it does not know what it would make; and cdk8s-validation.js, the door for cdk8s-cli.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const [folder = 'build', sources = 'src'] = process.argv.slice(2);

/** What is loaded at the start and a plain synth never calls: half of the bundle, and two of Node's larger built-ins. */
const SELDOM_USED = [
  'commander',
  'yaml',
  'fast-json-patch',
  'crypto',
  'node:crypto',
  'child_process',
  'node:child_process',
  './_child_process',
];

/** Puts off loading such a module until one of its members is read. */
const lazy = {
  name: 'lazy',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${SELDOM_USED.join('|').replaceAll('.', '[.]')})$`);
    onResolve({ filter }, ({ path, namespace, resolveDir }) => {
      if (namespace !== 'lazy') return { path, namespace: 'lazy', pluginData: resolveDir };
      // Packages stay where npm put them, but for one that cdk8s carries inside itself: from here, nobody would find it.
      return path.startsWith('.') || path === 'fast-json-patch' ? undefined : { path, external: true };
    });
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path, pluginData }) => ({
      resolveDir: pluginData,
      // `__esModule` keeps importers from copying the members, which would load it at once.
      contents: `let loaded;
module.exports = new Proxy({}, {
  get: (_, member) => (member === '__esModule' ? true : (loaded ??= require(${JSON.stringify(path)}))[member]),
});`,
    }));
  },
};

const options = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning', write: false };
const schemas = join('imports', 'schemas');
const schemasName = `schemas-${hashOf(...jsonIn(schemas).flatMap((file) => [file, readFileSync(join(schemas, file))]))}`;
const [program] = (
  await build({
    ...options,
    entryPoints: [join(sources, 'program.ts')],
    plugins: [lazy],
    define: { SCHEMAS: JSON.stringify(schemasName) },
  })
).outputFiles;
const name = `program-${hashOf(program.contents)}`;
const [strata] = (
  await build({
    ...options,
    entryPoints: [join(sources, 'main.ts')],
    define: { PROGRAM: JSON.stringify(`./${name}`) },
    external: [`./${name}`],
  })
).outputFiles;

function hashOf(...contents) {
  const hash = createHash('sha256');
  for (const each of contents) hash.update(each);
  return hash.digest('hex').slice(0, 16);
}

function jsonIn(directory) {
  return readdirSync(directory, { recursive: true })
    .filter((file) => file.endsWith('.json'))
    .sort();
}

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, `${name}.js`), program.contents);
writeFileSync(join(folder, 'strata.js'), strata.contents);
writeFileSync(join(folder, 'cdk8s-validation.js'), `module.exports = { StrataValidation: require('./${name}').validation() };\n`);
if (!existsSync(join(folder, schemasName))) {
  cpSync(schemas, join(folder, `${schemasName}.tmp`), { recursive: true });
  renameSync(join(folder, `${schemasName}.tmp`), join(folder, schemasName));
}
for (const file of readdirSync(folder)) {
  const isOld = /^program-[0-9a-f]{16}\./.test(file) ? !file.startsWith(name) : /^schemas-[0-9a-f]{16}$/.test(file) && file !== schemasName;
  if (isOld) rmSync(join(folder, file), { recursive: true });
}
