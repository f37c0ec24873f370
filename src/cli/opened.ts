import { Refused } from '../flux/finding';
import { type DiskFiles, diskFiles } from './disk-files';
import { UsageError } from './refused-arguments';

/** The files of a folder named on the command line. */
export function opened(folder: string): DiskFiles {
  try {
    return diskFiles(folder);
  } catch (error) {
    throw error instanceof Refused ? new UsageError(error.findings) : error;
  }
}

/** A folder in a repository as the model has it: `./clusters/production/` is `clusters/production`. */
export function normal(path: string): string {
  return path
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .join('/');
}
