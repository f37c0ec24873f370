import { gunzipSync } from 'node:zlib';

const block = 512;

/**
 * The text files of a .tgz, by path. Reads what Helm packs: plain files with short names, and the two ways in which tar writes
 * longer ones (ustar's prefix, and a pax header with `path=`). Everything else in an archive is passed over.
 */
export function readTgz(archive: Uint8Array): ReadonlyMap<string, string> {
  const tar = gunzipSync(archive);
  const files = new Map<string, string>();
  let longName: string | undefined;
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const text = (from: number, length: number) => tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const type = text(156, 1);
    const body = tar.toString('utf8', at + block, at + block + size);
    if (type === 'x') {
      longName = body.match(/^\d+ path=(.*)$/m)?.[1];
    } else {
      const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
      if (type === '' || type === '0') files.set(longName ?? (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`), body);
      longName = undefined;
    }
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}
