import { build } from 'esbuild';

/** What cdk8s and commander load at their start and synth never calls: 40 % of the bundle, and two of Node's larger built-ins. */
const SELDOM_USED = ['yaml', 'fast-json-patch', 'crypto', 'child_process', 'node:child_process', './_child_process'];

/** Puts off loading such a module until one of its members is read. */
const lazy = {
  name: 'lazy',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${SELDOM_USED.join('|').replaceAll('.', '[.]')})$`);
    onResolve({ filter }, ({ path, namespace, resolveDir }) => {
      if (namespace !== 'lazy') return { path, namespace: 'lazy', pluginData: resolveDir };
      return path.startsWith('.') ? undefined : { path, external: true }; // packages stay where npm put them
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

// One file of plain JavaScript: synth then loads no TypeScript, no package folder and no generated type.
// Arguments: the file to make, build/strata.js by default, and the program it is made from, src/main.ts by default.
const [outfile = 'build/strata.js', entry = 'src/main.ts'] = process.argv.slice(2);

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  plugins: [lazy],
});
