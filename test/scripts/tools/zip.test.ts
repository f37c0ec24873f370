import { deflateRawSync } from 'node:zlib';
import { unzip } from '../../../scripts/tools/zip';

/** A zip archive as packers write it; `extra` bytes and a comment move everything a careless reader would expect in place. */
function zip(files: Readonly<Record<string, { readonly text: string; readonly method: 0 | 8 | 12 }>>, comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, { text, method }] of Object.entries(files)) {
    const bytes = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const extra = Buffer.from('extra');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0); // sizes are left 0, as streaming packers do: they stand in the directory
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    local.writeUInt16LE(extra.length, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(bytes.length, 20);
    entry.writeUInt32LE(Buffer.byteLength(text), 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt16LE(3, 30);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), extra, bytes);
    directory.push(entry, Buffer.from(name), Buffer.from('ext'));
    offset = locals.reduce((sum, { length }) => sum + length, 0);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end, Buffer.from(comment)]);
}

const LONG = 'kubectl '.repeat(1000);
const ARCHIVE = { 'kubectl/kubectl': { text: LONG, method: 8 }, 'helm/helm': { text: 'helm', method: 0 } } as const;

describe('unzip', () => {
  test('gives back deflated and stored files', () => {
    const files = unzip(zip(ARCHIVE), ['helm/helm', 'kubectl/kubectl']);
    expect([...files].map(([name, content]) => [name, content.toString()])).toEqual([
      ['helm/helm', 'helm'],
      ['kubectl/kubectl', LONG],
    ]);
  });

  test('finds the directory before a comment', () => {
    expect(unzip(zip(ARCHIVE, 'packed on a Tuesday'), ['helm/helm']).get('helm/helm')?.toString()).toBe('helm');
  });

  test('says which file is missing, in four lines', () => {
    expect(() => unzip(zip(ARCHIVE), ['helm/tiller'])).toThrow(`lib/layer.zip: unreadable-archive
  what   it has no file helm/tiller, but kubectl/kubectl, helm/helm
  where  the zip archive that holds kubectl and helm
  why    without these programs nothing can be compared with the real kustomize
  fix    fetch it again: remove .cache/tools and run node --import tsx scripts/tools/main.ts`);
  });

  test.each([
    ['what is no archive', Buffer.from('<html>not found</html>'.repeat(3)), 'no central directory'],
    ['an empty file', Buffer.alloc(0), 'no central directory'],
    ['an archive whose beginning is lost', zip(ARCHIVE).subarray(20), 'central directory ends early'],
    ['a method it does not know', zip({ 'helm/helm': { text: 'x', method: 12 } }), 'method 12'],
  ])('refuses %s', (_, archive, message) => {
    expect(() => unzip(archive, ['helm/helm'])).toThrow(message);
  });
});
