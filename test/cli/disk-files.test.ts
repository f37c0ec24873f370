import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { diskFiles } from '../../src/cli/disk-files';
import { Refused } from '../../src/flux/finding';
import { type Files, Unreadable } from '../../src/kustomize/files';

let base: string;
let root: string;

beforeEach(() => {
  base = fs.mkdtempSync(join(tmpdir(), 'strata-disk-files-'));
  root = join(base, 'repository');
  fs.mkdirSync(root);
});

afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(base, { recursive: true, force: true });
});

function put(path: string, content: string | Uint8Array = ''): void {
  fs.mkdirSync(dirname(join(root, path)), { recursive: true });
  fs.writeFileSync(join(root, path), content);
}

/** What a file gives: its text, `undefined`, or why it cannot be read. */
function reading(files: Files, path: string): string {
  try {
    return String(files.read(path));
  } catch (error) {
    if (error instanceof Unreadable) return `unreadable: ${error.message}`;
    throw error;
  }
}

/** Everything that can be listed, folders with `/`. */
function everything(files: Files, folder = ''): readonly string[] {
  return (files.list(folder) ?? []).flatMap(({ name, kind }) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    return kind === 'folder' ? [`${path}/`, ...everything(files, path)] : [path];
  });
}

test('lists folders sorted by name and reads files, once each', () => {
  put('b.yaml', 'b: 1\r\n');
  put('a/c.yaml', '\ufeffc: 1\n');
  put('B.yaml', 'B: 1\n');
  const files = diskFiles(root);
  expect(files.list('')).toEqual([
    { name: 'B.yaml', kind: 'file' },
    { name: 'a', kind: 'folder' },
    { name: 'b.yaml', kind: 'file' },
  ]);
  expect(files.read('b.yaml')).toBe('b: 1\r\n');
  expect(files.read('a/c.yaml')).toBe('\ufeffc: 1\n');
  fs.rmSync(join(root, 'a'), { recursive: true });
  put('b.yaml', 'b: 2\n');
  expect(files.list('')).toHaveLength(3);
  expect(files.read('b.yaml')).toBe('b: 1\r\n');
  expect(files.problems()).toEqual([]);
});

test('what is not there is undefined, and no path leads out', () => {
  put('a/b.yaml', 'b: 1\n');
  fs.writeFileSync(join(base, 'secret.yaml'), 'secret: 1\n');
  const files = diskFiles(root);
  const paths = [
    '../secret.yaml',
    'a/../../secret.yaml',
    join(base, 'secret.yaml'),
    './a/b.yaml',
    'a//b.yaml',
    'a/',
    '/',
    '.',
    '..',
    '\0',
    '',
  ];
  for (const path of [...paths, 'c.yaml', 'a/c.yaml', 'a', 'a/b.yaml/c']) expect([path, files.read(path)]).toEqual([path, undefined]);
  for (const path of [...paths.filter((path) => path !== ''), 'c', 'a/b.yaml']) expect([path, files.list(path)]).toEqual([path, undefined]);
});

test('.git and node_modules are not there', () => {
  put('.git/config', '[core]\n');
  put('.GIT/config', '[core]\n');
  put('apps/node_modules/some/index.yaml', 'a: 1\n');
  put('apps/a.yaml', 'a: 1\n');
  const files = diskFiles(root);
  expect(everything(files)).toEqual(['apps/', 'apps/a.yaml']);
  expect([files.read('.git/config'), files.list('.git'), files.read('apps/node_modules/some/index.yaml')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('links are left out as Flux leaves them out, wherever they lead, and it is said', () => {
  put('real/a.yaml', 'a: 1\n');
  fs.writeFileSync(join(base, 'secret.yaml'), 'secret: 1\n');
  fs.symlinkSync('real/a.yaml', join(root, 'inside.yaml'));
  fs.symlinkSync('real', join(root, 'folder'));
  fs.symlinkSync('../../secret.yaml', join(root, 'real', 'outside.yaml'));
  fs.symlinkSync('..', join(root, 'real', 'up'));
  fs.symlinkSync('self', join(root, 'self'));
  fs.symlinkSync('README.md', join(root, 'AGENTS.md')); // of this nobody asks
  const files = diskFiles(root);
  expect(everything(files)).toEqual(['real/', 'real/a.yaml']);
  expect(files.list('folder')).toBeUndefined();
  expect(
    ['inside.yaml', 'real/outside.yaml', 'folder/a.yaml', 'real/up/real/a.yaml', 'self'].map((path) => reading(files, path)),
  ).toMatchInlineSnapshot(`
[
  "unreadable: inside.yaml is a symbolic link, and Flux leaves those out of what it fetches",
  "unreadable: real/outside.yaml is a symbolic link, and Flux leaves those out of what it fetches",
  "unreadable: folder/a.yaml lies behind folder, which is a symbolic link, and Flux leaves those out of what it fetches",
  "unreadable: real/up/real/a.yaml lies behind real/up, which is a symbolic link, and Flux leaves those out of what it fetches",
  "unreadable: self is a symbolic link, and Flux leaves those out of what it fetches",
]
`);
  expect(files.problems().map(({ file }) => file)).toEqual(['folder', 'inside.yaml', 'real/outside.yaml', 'real/up', 'self']);
});

test('the root itself may be given as a link', () => {
  put('a.yaml', 'a: 1\n');
  fs.symlinkSync('repository', join(base, 'link'));
  expect(diskFiles(join(base, 'link')).read('a.yaml')).toBe('a: 1\n');
});

test('a folder that becomes a link after it was listed is not followed, nor is such a file', () => {
  put('a/b.yaml', 'b: 1\n');
  put('c.yaml', 'c: 1\n');
  const files = diskFiles(root);
  files.list('');
  fs.rmSync(join(root, 'a'), { recursive: true });
  fs.mkdirSync(join(base, 'elsewhere'));
  fs.writeFileSync(join(base, 'elsewhere', 'b.yaml'), 'secret: 1\n');
  fs.symlinkSync('../elsewhere', join(root, 'a'));
  fs.rmSync(join(root, 'c.yaml'));
  fs.symlinkSync('../elsewhere/b.yaml', join(root, 'c.yaml'));
  expect([files.list('a'), reading(files, 'a/b.yaml')]).toEqual([undefined, 'undefined']);
  expect(reading(files, 'c.yaml')).toBe('unreadable: c.yaml is a symbolic link, and Flux leaves those out of what it fetches');
});

test('what is no text says why it cannot be read, each time it is asked', () => {
  put('binary.yaml', 'a: \0');
  put('utf16.yaml', Buffer.from('\ufeffa: 1\n', 'utf16le'));
  put('latin1.yaml', Buffer.from('name: Jörg\n', 'latin1'));
  put('surrogate.yaml', Buffer.from([0xed, 0xa0, 0x80]));
  put('large.yaml', 'a'.repeat(65));
  put('just.yaml', 'a'.repeat(64));
  const files = diskFiles(root, { file: 64 });
  const said = ['binary', 'utf16', 'latin1', 'surrogate', 'large', 'large'].map((name) => reading(files, `${name}.yaml`));
  expect(said).toMatchInlineSnapshot(`
[
  "unreadable: binary.yaml is binary",
  "unreadable: utf16.yaml is binary",
  "unreadable: latin1.yaml is not UTF-8",
  "unreadable: surrogate.yaml is not UTF-8",
  "unreadable: large.yaml is larger than 64 bytes",
  "unreadable: large.yaml is larger than 64 bytes",
]
`);
  expect(files.read('just.yaml')).toHaveLength(64);
});

test('a file of 100 MB is refused by its size, without being read', () => {
  const file = fs.openSync(join(root, 'huge.yaml'), 'w');
  fs.ftruncateSync(file, 100 * 1024 * 1024); // a hole: it takes no place on disk
  fs.closeSync(file);
  const read = jest.spyOn(fs, 'readSync');
  expect(reading(diskFiles(root), 'huge.yaml')).toBe('unreadable: huge.yaml is larger than 10 MiB');
  expect(read).not.toHaveBeenCalled();
});

test('all files together have a limit, and what was read stays', () => {
  for (const name of ['a', 'b', 'c']) put(`${name}.yaml`, 'x'.repeat(40));
  const files = diskFiles(root, { all: 100 });
  expect(['a', 'b', 'c', 'a'].map((name) => reading(files, `${name}.yaml`).length)).toEqual([40, 40, expect.any(Number), 40]);
  expect(reading(files, 'c.yaml')).toBe('unreadable: c.yaml was not read: the files before it are as large as a repository may be');
});

test('pipes are never opened', () => {
  execFileSync('mkfifo', [join(root, 'pipe.yaml')]);
  const files = diskFiles(root);
  expect(files.list('')).toEqual([]);
  expect(reading(files, 'pipe.yaml')).toBe('unreadable: pipe.yaml is a pipe, and no file');
  put('plain.yaml', 'a: 1\n');
  const late = diskFiles(root);
  late.list('');
  fs.rmSync(join(root, 'plain.yaml'));
  execFileSync('mkfifo', [join(root, 'plain.yaml')]);
  expect(reading(late, 'plain.yaml')).toBe('unreadable: plain.yaml is no file any more');
});

test('deep and large trees end somewhere, and it is said', () => {
  put('a/b/c/d/e.yaml', 'a: 1\n');
  const deep = diskFiles(root, { depth: 2 });
  expect(everything(deep)).toEqual(['a/', 'a/b/', 'a/b/c/']);
  expect(deep.problems()).toEqual([{ file: 'a/b/c', what: 'it lies more than 2 folders deep, and was not looked into' }]);
  const many = diskFiles(root, { entries: 2 });
  expect(everything(many)).toEqual(['a/', 'a/b/', 'a/b/c/']);
  expect(many.problems()).toEqual([{ file: 'a/b/c', what: 'it comes after 2 other files, and was not looked into' }]);
});

test('what may not be read says so', () => {
  put('a/b.yaml', 'b: 1\n');
  put('c.yaml', 'c: 1\n');
  const denied = () => {
    throw Object.assign(new Error('EACCES: permission denied, somewhere'), { code: 'EACCES' });
  };
  const files = diskFiles(root);
  files.list('');
  jest.spyOn(fs, 'readdirSync').mockImplementation(denied); // root may read whatever it likes, so no chmod
  jest.spyOn(fs, 'openSync').mockImplementation(denied);
  expect([everything(files), reading(files, 'c.yaml')]).toEqual([['a/', 'c.yaml'], 'unreadable: c.yaml cannot be read: permission denied']);
  expect(files.problems()).toEqual([{ file: 'a', what: 'it cannot be read: permission denied' }]);
});

test('a name that is not UTF-8 is left out, and it is said', () => {
  fs.writeFileSync(Buffer.concat([Buffer.from(`${root}/a`), Buffer.from([0xff]), Buffer.from('.yaml')]), 'a: 1\n');
  const files = diskFiles(root);
  expect([files.list(''), files.problems()]).toEqual([[], [{ file: 'a\ufffd.yaml', what: 'it has a name that is not UTF-8' }]]);
});

test.each([
  ['there is no such folder', 'nowhere'],
  ['it is no folder', 'file.yaml'],
])('a root is refused where %s', (what, name) => {
  put('file.yaml');
  const refused = (() => {
    try {
      return diskFiles(join(root, name));
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({ findings: [{ rule: 'unreadable-folder', what }] });
});

test('whatever a folder holds: its files and no others come out, byte for byte', () => {
  const name = fc.stringMatching(/^[a-z. \n"'$*-]{1,8}$/).filter((text) => !['.', '..'].includes(text) && !/^\.git$/i.test(text));
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/'));
  fc.assert(
    fc.property(fc.dictionary(path, fc.string({ unit: 'grapheme' })), fc.array(path), (tree, asked) => {
      fs.rmSync(root, { recursive: true });
      fs.mkdirSync(root);
      const written = new Map<string, string>();
      for (const [file, text] of Object.entries(tree)) {
        const text8 = text.replaceAll('\0', '');
        try {
          put(file, text8);
          written.set(file, text8);
        } catch {
          // the name of a folder, or below a file
        }
      }
      const files = diskFiles(root);
      expect(
        everything(files)
          .filter((one) => !one.endsWith('/'))
          .sort(),
      ).toEqual([...written.keys()].sort());
      for (const one of [...written.keys(), ...asked]) expect(files.read(one)).toBe(written.get(one));
    }),
    { numRuns: 50 },
  );
});
