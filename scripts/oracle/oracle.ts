import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DiskCase, OracleCase, Outcome } from './case';

/** Flux's own code, in a process of its own. */
export class Oracle {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly waiting: ((outcome: Outcome) => void)[] = [];

  constructor(program: string) {
    this.process = spawn(program);
    createInterface({ input: this.process.stdout }).on('line', (line) => this.waiting.shift()?.(outcomeOf(line)));
    this.process.on('exit', () => {
      for (const answer of this.waiting.splice(0)) answer({ error: 'oracle: it ended' });
    });
  }

  /** Answers come in the order of the questions. */
  ask(question: OracleCase | DiskCase): Promise<Outcome> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.process.stdin.write(`${JSON.stringify(question)}\n`);
    });
  }

  end(): void {
    this.process.stdin.end();
  }
}

function outcomeOf(line: string): Outcome {
  const answer: unknown = JSON.parse(line);
  if (typeof answer !== 'object' || answer === null) return { error: 'oracle: no answer' };
  if ('error' in answer && typeof answer.error === 'string') return { error: answer.error };
  return { objects: 'objects' in answer && Array.isArray(answer.objects) ? answer.objects : [] };
}

/** Builds the program where that is needed; undefined where there is no Go. Throws in CI where there is none. */
export function builtOracle(root: string): string | undefined {
  const path = execFileSync(join(root, 'scripts/oracle/build.sh'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  return path === '' ? undefined : path;
}
