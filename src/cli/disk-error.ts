import type { Finding } from '../flux/finding';

export function unwritable(where: string, file: string, error: unknown, state: string): Finding {
  return {
    rule: 'unwritable-output',
    file: file === '.' ? where : file,
    what: messageOf(error),
    where,
    why: state,
    fix: 'put right what the system complains about, then run again',
  };
}

// Errors of node:fs under jest are of another realm: `instanceof Error` says no to them.
function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** What goes on after the name of a file that cannot be read: `cannot be read: permission denied`. The system's own text names paths. */
export function reasonOf(error: unknown): string {
  if (isCode(error, 'EACCES') || isCode(error, 'EPERM')) return 'cannot be read: permission denied';
  if (isCode(error, 'ENAMETOOLONG')) return 'cannot be read: its path is too long';
  if (isCode(error, 'ELOOP')) return 'is a symbolic link, and Flux leaves those out of what it fetches';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : messageOf(error);
  return `cannot be read: ${code}`;
}

export function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** For clearing up, where a failure is no news: whether it worked. */
export function quietly(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
