import { build } from 'esbuild';

// One file of plain JavaScript: synth then loads no TypeScript, no package folder and no generated type.
await build({
  entryPoints: ['src/main.ts'],
  outfile: 'build/strata.js',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});
