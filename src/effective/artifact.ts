import type { Entry, Files } from '../kustomize';
import { type IgnorePattern, ignorePattern, ignorePatterns } from './ignore-pattern';
import { joined } from './repository-path';

/** What source-controller leaves out whatever the author says. Source: fluxcd/pkg/sourceignore, ExcludeVCS. */
const ALWAYS = ['.git/', '.gitignore', '.gitmodules', '.gitattributes'];

/** What it leaves out where neither a `.sourceignore` nor `spec.ignore` says anything. Source: same, ExcludeExt, ExcludeCI, ExcludeExtra. */
const BY_DEFAULT = [
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml', 'cloudbuild.yaml'],
  ...['codeship-services.yml', 'codeship-steps.yml', '**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/**
 * The repository as Flux's artifact of it: without the files that its source ignores. One `.sourceignore`, anywhere, or `spec.ignore`
 * replaces the defaults.
 *
 * @param ignore `spec.ignore` of the source
 */
export function artifactOf(files: Files, ignore: string | undefined): Files {
  const own = [...sourceIgnores(files, ''), ...(ignore === undefined ? [] : ignorePatterns(ignore, ''))];
  const defaults = own.length > 0 ? ALWAYS : [...ALWAYS, ...BY_DEFAULT];
  const patterns = [...defaults.map((line) => ignorePattern(line, '')), ...own].reverse();
  const known = new Map<string, readonly Entry[] | undefined>();
  const list = (folder: string): readonly Entry[] | undefined => {
    if (known.has(folder)) return known.get(folder);
    const hidden = folder !== '' && isIgnored(patterns, folder.split('/'), true);
    const all = hidden ? undefined : files.list(folder);
    const steps = folder === '' ? [] : folder.split('/');
    const kept = all?.filter(({ name, kind }) => !isIgnored(patterns, [...steps, name], kind === 'folder'));
    known.set(folder, kept);
    return kept;
  };
  const has = (path: string): boolean => !isIgnored(patterns, path.split('/'), false);
  const { objects, patches } = files;
  return { list, read: (path) => (has(path) ? files.read(path) : undefined), ...(objects && { objects }), ...(patches && { patches }) };
}

/** The last pattern that says anything of a path decides. */
function isIgnored(reversed: readonly IgnorePattern[], steps: readonly string[], isFolder: boolean): boolean {
  const found = reversed.find(({ matches }) => matches(steps, isFolder));
  return found !== undefined && !found.includes;
}

function sourceIgnores(files: Files, folder: string): readonly IgnorePattern[] {
  const found: IgnorePattern[] = [];
  for (const { name, kind } of files.list(folder) ?? []) {
    const path = joined(folder, name);
    if (kind === 'folder' && name !== '.git') found.push(...sourceIgnores(files, path));
    // Those of a folder come before those of the folders in it, which speak last.
    else if (name === '.sourceignore') found.unshift(...ignorePatterns(textAt(files, path), folder));
  }
  return found;
}

function textAt(files: Files, path: string): string {
  try {
    return files.read(path) ?? '';
  } catch {
    return ''; // unreadable: said where it is looked for
  }
}
