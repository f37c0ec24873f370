import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { isCode, reasonOf } from './disk-error';

/** No link is followed where the file was, and no pipe is waited for, if it became one since its folder was listed. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The text of a file, or why there is none; undefined where there is no such file.
 *
 * @param limit bytes that a file may have
 * @param left bytes that may still be read of all the files together
 */
export function readText(path: string, limit: number, left: number): string | { readonly reason: string } | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, FLAGS);
    const stats = fstatSync(file);
    if (!stats.isFile()) return { reason: 'is no file any more' };
    if (stats.size > limit) return { reason: `is larger than ${inMib(limit)}` };
    if (stats.size > left) return { reason: 'was not read: the files before it are as large as a repository may be' };
    const bytes = readUpTo(file, stats.size);
    if (bytes.includes(0)) return { reason: 'is binary' };
    return isUtf8(bytes) ? bytes.toString('utf8') : { reason: 'is not UTF-8' };
  } catch (error) {
    return isCode(error, 'ENOENT') ? undefined : { reason: reasonOf(error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** What the file holds, though no more than it had when it was opened: one that grows must not be read for ever. */
function readUpTo(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let done = 0;
  while (done < size) {
    const count = readSync(file, bytes, done, size - done, done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

function inMib(bytes: number): string {
  const mib = bytes / (1024 * 1024);
  return mib >= 1 ? `${mib} MiB` : `${bytes} bytes`;
}
