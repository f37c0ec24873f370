// node scripts/build.mjs [FOLDER] [SOURCES]: makes FOLDER/strata.js (build/ by default) from SOURCES (src/ by default).
//
// Files of plain JavaScript, so that synth loads no TypeScript, no package folder and no generated type: the program, named after its
// content; strata.js, which loads it only when it does not know what it would make; and cdk8s-validation.js, the door for cdk8s-cli.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const [folder = 'build', sources = 'src'] = process.argv.slice(2);

/** What is loaded at the start and a plain synth never calls: half of the bundle, and two of Node's larger built-ins. */
const SELDOM_USED = ['commander', 'yaml', 'fast-json-patch', 'crypto', 'child_process', 'node:child_process', './_child_process'];

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
const [program] = (await build({ ...options, entryPoints: [join(sources, 'program.ts')], plugins: [lazy] })).outputFiles;
const name = `program-${hashOf(program.contents, join('imports', 'schemas'))}`;
const [strata] = (
  await build({
    ...options,
    entryPoints: [join(sources, 'main.ts')],
    define: { PROGRAM: JSON.stringify(`./${name}`) },
    external: [`./${name}`],
  })
).outputFiles;

/** What the program makes, and refuses to make, follows from its own bytes and from the schemas that it reads. */
function hashOf(contents, schemas) {
  const hash = createHash('sha256').update(contents);
  for (const file of readdirSync(schemas, { recursive: true }).sort()) {
    if (file.endsWith('.json')) hash.update(file).update(readFileSync(join(schemas, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, `${name}.js`), program.contents);
writeFileSync(join(folder, 'strata.js'), strata.contents);
writeFileSync(
  join(folder, 'cdk8s-validation.js'),
  `module.exports = { StrataValidation: require('./${name}').validation(require('node:path').dirname(__dirname)) };\n`,
);
for (const file of readdirSync(folder)) {
  if (/^program-[0-9a-f]{16}\./.test(file) && !file.startsWith(name)) rmSync(join(folder, file));
}
