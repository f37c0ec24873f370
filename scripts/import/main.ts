import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refused } from '../../src/flux/finding';
import { fromDirectory, fromUpstream } from './fetch';
import { generate } from './generate';
import { readSources, sourcesFile } from './sources';
import { differences, write } from './write';

const usage = `npm run import                  download what imports/sources.yaml lists, write imports/
npm run import -- --from DIR    the same from copies: DIR/crds/<set>.yaml, DIR/charts/<chart>/{Chart,values}.yaml,
                                DIR/openapi/swagger.json of Kubernetes (without it, schemas/kubernetes/ stays as it is)
npm run import -- --check       write nothing; exit 1 if imports/ differs from what its sources give`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, check: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(usage);
  const root = join(__dirname, '..', '..');
  const sources = readSources(readFileSync(join(root, sourcesFile), 'utf8'));
  const files = await generate(sources, values.from === undefined ? fromUpstream : fromDirectory(values.from));
  if (![...files.keys()].some((path) => path.startsWith('schemas/kubernetes/')))
    console.log(`imports/schemas/kubernetes/: kept as it is, since there is no ${values.from}/openapi/swagger.json`);
  if (values.check) {
    const findings = await differences(join(root, 'imports'), files);
    if (findings.length > 0) throw new Refused(findings);
    return console.log(`imports/: ${files.size} files, as their sources give them`);
  }
  await write(join(root, 'imports'), files);
  console.log(`imports/: ${files.size} files written`);
}

main().catch((error: unknown) => {
  if (error instanceof Refused) console.error(error.message);
  else if (isArgumentError(error)) console.error(`${error.message}\n\n${usage}`);
  else console.error(error);
  process.exitCode = 1;
});

function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
