import { build } from 'esbuild';

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
});
