import { type Finding, Refused, say } from '../flux/finding';
import { oneLine, sayPlainly } from './one-line';
import { EXIT, type Streams } from './perform';

/** Thrown for arguments that make no sense; says which would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(readonly findings: readonly Finding[]) {
    super(findings.map(say).join('\n\n'));
  }
}

/** Runs a command that only reads. Nothing it throws reaches who called: no repository, whatever it holds, may show them a stack trace. */
export function guarded(streams: Streams, command: () => number): number {
  try {
    return command();
  } catch (error) {
    const [findings, code] =
      error instanceof UsageError
        ? [error.findings, EXIT.usage]
        : error instanceof Refused
          ? [error.findings, EXIT.refused]
          : [[ownMistake(error)], EXIT.broken];
    streams.err(`${findings.map(sayPlainly).join('\n\n')}\n`);
    return code;
  }
}

function ownMistake(error: unknown): Finding {
  const [message, at] = error instanceof Error ? [`${error.name}: ${error.message}`, place(error)] : [String(error), ''];
  return {
    rule: 'broken',
    file: 'strata',
    what: oneLine(message).slice(0, 500),
    where: at,
    why: 'this is a mistake of strata itself: nothing is known of the repository',
    fix: 'report it, with the repository or the file that it happens with',
  };
}

/** The innermost place of ours, without the folders that lead there. */
function place({ stack = '' }: Error): string {
  const line = /^\s*at .*$/m.exec(stack)?.[0] ?? '';
  return line.trim().replace(/\(?(?:file:\/\/)?[^\s(]*[/\\]([^/\\]+)$/, '($1') || 'at no known place';
}
