import { dirname } from 'node:path';
import { run } from './cli/run';
import { platform } from './platform';

process.exitCode = run(
  process.argv.slice(2),
  platform,
  { home: dirname(__dirname), copy: process.env.CDK8S_OUTDIR },
  {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  },
);
