import { dirname } from 'node:path';
import { run } from './cli/run';
import { platform } from './platform';

process.exitCode = run(process.argv.slice(2), platform, dirname(__dirname), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
