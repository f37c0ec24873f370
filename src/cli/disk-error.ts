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
