import type { Files } from '../../kustomize';
import { Unreadable } from '../../kustomize';
import { passwordsIn, writesIn } from '../command-lines';
import { baseOf, inFolder } from '../folder';
import { counted } from '../phrase';
import { defineRule } from '../rule';

/** Files that tell people or machines what to type. */
const SCRIPT =
  /(\.(md|markdown|sh|bash|zsh|fish|ps1)|^(Makefile|makefile|Justfile|justfile|\.justfile|Taskfile\.ya?ml|\.gitlab-ci\.yml|Jenkinsfile))$/;
const WORKFLOW = /^(\.github|\.gitea|\.forgejo)\/workflows\/[^/]+\.ya?ml$/;

/** Source: specification, "Anti-Patterns": all changes go through the repository. */
export const noKubectlCredentials = defineRule({
  name: 'no-kubectl-credentials',
  ids: ['S24'],
  claim: 'no script or page changes the cluster by hand, or shows a password on a command line',
  because: 'Flux undoes what is changed by hand at its next run, or keeps nothing of it on a new cluster',
  evidence: 'specification, "Flux-Only Management"',
  severity: 'info',
  fix: 'commit the change and let Flux apply it; let commands read passwords from a file or a prompt',

  *check({ files }) {
    for (const path of scripts(files, '')) {
      const text = textOf(files, path);
      if (text === undefined) continue;
      const [write, ...others] = writesIn(text);
      if (write) {
        const more = others.length > 0 ? `, and ${counted(others.length, 'more command')} like it` : '';
        const fix = 'commit the change, and let Flux apply it; before there is a Flux it may stand';
        yield { on: { file: path, line: write.line }, at: '', found: `${write.what}${more}`, fix };
      }
      for (const { what, line, sure } of passwordsIn(text)) {
        yield {
          on: { file: path, line },
          at: '',
          found: what,
          fix: 'take it out, change the password, and let the command ask for it or read it from a file',
          severity: sure ? 'error' : 'warning',
          because: 'whoever can read the repository, or its history, has it for good',
        };
      }
    }
  },
});

function* scripts(files: Files, folder: string): Iterable<string> {
  for (const { name, kind } of files.list(folder) ?? []) {
    const path = inFolder(folder, name);
    if (kind === 'folder') yield* scripts(files, path);
    else if (SCRIPT.test(baseOf(path)) || WORKFLOW.test(path)) yield path;
  }
}

function textOf(files: Files, path: string): string | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
