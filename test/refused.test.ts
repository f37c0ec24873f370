import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Programs that must not compile: one mistake a file, with what the compiler has to say about it in its first line. They are
 * compiled for real, so the sentences that authors read are what is tested.
 */
const folder = join(__dirname, 'refused');
const programs = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'fixture.ts');

const diagnostics = compile();

test.each(programs)('%s does not compile, and the message says why', (name) => {
  const [first = ''] = readFileSync(join(folder, name), 'utf8').split('\n');
  expect(first).toMatch(/^\/\/ refused: ./);
  expect(diagnostics.get(name) ?? 'it compiles').toContain(first.slice('// refused: '.length));
});

test('what the programs are written against compiles', () => {
  expect(diagnostics.get('fixture.ts') ?? 'it compiles').toBe('it compiles');
  expect([...diagnostics.keys()].filter((name) => !programs.includes(name))).toEqual([]);
});

/** What the compiler says of each file: a line that names a place, and the indented ones below it. */
function compile(): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  let current = '';
  for (const line of output().split('\n')) {
    const place = /^(?:.*\/)?([^/]+\.ts)\(\d+,\d+\): /.exec(line);
    if (place?.[1] !== undefined) current = place[1];
    if (line !== '') said.set(current, `${said.get(current) ?? ''}${line}\n`);
  }
  return said;
}

function output(): string {
  const tsc = join(__dirname, '..', 'node_modules', '.bin', 'tsc');
  return spawnSync(tsc, ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' }).stdout;
}
