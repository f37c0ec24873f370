import type { Streams } from '../../src/cli/perform';

/** What a command ended with and printed. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export function recorded(command: (streams: Streams) => number): Ran {
  const out: string[] = [];
  const err: string[] = [];
  const code = command({ out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join(''), err: err.join('') };
}
