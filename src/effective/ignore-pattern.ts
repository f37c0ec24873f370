import { matchingPrefixes } from './envsubst-glob';

/** One line of a `.sourceignore`, or of a source's `spec.ignore`. */
export interface IgnorePattern {
  /** Whether it says anything of a path, given by its steps from the root of the repository. */
  readonly matches: (steps: readonly string[], isFolder: boolean) => boolean;
  /** Begins with `!`: takes back what an earlier one excluded. */
  readonly includes: boolean;
}

/** The patterns of a text, a line each. Lines that begin with `#` and empty ones do not count. */
export function ignorePatterns(text: string, folder: string): readonly IgnorePattern[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  return lines.filter((line) => !line.startsWith('#') && line.trim() !== '').map((line) => ignorePattern(line, folder));
}

/**
 * One pattern, as Flux reads it, which is not quite as git does: every file is asked by itself, and a pattern that matches one of the
 * folders above a file matches the file.
 *
 * @param folder where the file is that has it; it speaks of what is in there
 */
export function ignorePattern(line: string, folder: string): IgnorePattern {
  const includes = line.startsWith('!');
  const unsigned = includes ? line.slice(1) : line;
  const trimmed = unsigned.endsWith('\\ ') ? unsigned : unsigned.replace(/ +$/, '');
  const foldersOnly = trimmed.endsWith('/');
  const pattern = foldersOnly ? trimmed.slice(0, -1) : trimmed;
  const domain = folder === '' ? [] : folder.split('/');
  const steps = pattern.split('/').map((step) => ({ step, test: tester(step) }));
  const [first] = steps;
  const test = steps.length === 1 && first ? anyStep(first.test, foldersOnly) : wholePath(steps, foldersOnly);
  return {
    includes,
    matches: (path, isFolder) => {
      if (path.length <= domain.length || domain.some((step, place) => path[place] !== step)) return false;
      return test(domain.length === 0 ? path : path.slice(domain.length), isFolder);
    },
  };
}

type PathTest = (steps: readonly string[], isFolder: boolean) => boolean;
type StepTest = (name: string) => boolean;

function tester(pattern: string): StepTest {
  if (!/[*?[\\]/.test(pattern)) return (name) => name === pattern;
  if (/^\*[^*?[\\]*$/.test(pattern)) return (name) => name.endsWith(pattern.slice(1));
  return (name) => matchingPrefixes(pattern, name).at(-1) === [...name].length;
}

/** A pattern without a slash: any file or folder of that name. */
function anyStep(test: StepTest, foldersOnly: boolean): PathTest {
  return (steps, isFolder) => {
    const place = steps.findIndex(test);
    return place >= 0 && !(foldersOnly && !isFolder && place === steps.length - 1);
  };
}

/** A pattern with slashes, step by step; `**` stands for any number of folders. */
function wholePath(pattern: readonly { readonly step: string; readonly test: StepTest }[], foldersOnly: boolean): PathTest {
  return (steps, isFolder) => {
    let place = 0;
    let matched = false;
    let anyDepth = false;
    for (const [index, { step, test }] of pattern.entries()) {
      if (step === '') {
        anyDepth = false;
      } else if (step === '**') {
        if (index === pattern.length - 1) break;
        anyDepth = true;
      } else if (step.includes('**') || place >= steps.length) {
        return false;
      } else if (anyDepth) {
        anyDepth = false;
        const found = steps.findIndex((name, at) => at >= place && test(name));
        if (found === -1) matched = false;
        else matched = true;
        place = found === -1 ? steps.length : found + 1;
      } else {
        if (!test(steps[place] ?? '')) return false;
        matched = true;
        place++;
      }
    }
    return matched && !(foldersOnly && !isFolder && place === steps.length);
  };
}
