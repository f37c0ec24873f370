import type { Files } from '../kustomize';
import { folderOf, inFolder } from './folder';
import { contentOf, textOf } from './kustomization-files';
import { isMap, listAt } from './rule';

/** Longest expression that is tried. */
const LONGEST_EXPRESSION = 500;

/** One entry of `creation_rules` in a `.sops.yaml`. */
export interface CreationRule {
  readonly file: string;
  /** `creation_rules[0]`. */
  readonly at: string;
  /** Age recipients it names, in its key groups too. */
  readonly age: readonly string[];
  /** Whether it names any key, age or not. */
  readonly hasKeys: boolean;
  /** Whether it speaks of a file, by its path from the root of the repository; undefined where its expression is not understood. */
  readonly covers: (path: string) => boolean | undefined;
}

const KEY_FIELDS = ['age', 'pgp', 'kms', 'gcp_kms', 'azure_keyvault', 'hc_vault', 'hc_vault_transit_uri', 'aws_profile', 'hckms'];

/** Rules of the `.sops.yaml` that sops finds for a folder: the nearest one upwards. */
export function creationRules(files: Files, folder: string): readonly CreationRule[] {
  for (let at = folder; ; at = folderOf(at)) {
    const file = inFolder(at, '.sops.yaml');
    if (textOf(files, file) !== undefined) return rulesIn(files, file, at);
    if (at === '') return [];
  }
}

function rulesIn(files: Files, file: string, folder: string): readonly CreationRule[] {
  return listAt(contentOf(files, file), 'creation_rules').flatMap((rule, index) => {
    if (!isMap(rule)) return [];
    const groups = [rule, ...listAt(rule, 'key_groups')].filter(isMap);
    const expression = expressionOf(rule['path_regex']);
    const covers = (path: string): boolean | undefined => {
      if (expression === 'any') return true;
      return expression?.test(folder === '' ? path : path.slice(folder.length + 1));
    };
    return [
      {
        file,
        at: `creation_rules[${index}]`,
        age: groups.flatMap((group) => recipientsIn(group['age'])),
        hasKeys: groups.some((group) => KEY_FIELDS.some((field) => !isEmpty(group[field]))),
        covers,
      },
    ];
  });
}

/** An expression of Go's; undefined where JavaScript has no such. */
function expressionOf(text: unknown): RegExp | 'any' | undefined {
  if (text === undefined || text === null || text === '') return 'any';
  if (typeof text !== 'string' || text.length > LONGEST_EXPRESSION || /\(\?[^:]|[*+}][*+]|\)[*+]/.test(text)) return undefined;
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

/** One text with commas, or a list. */
function recipientsIn(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value : [value];
  return texts
    .flatMap((text) => (typeof text === 'string' ? text.split(',') : []))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
