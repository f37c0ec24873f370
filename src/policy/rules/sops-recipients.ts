import { cameEncrypted, type EffectiveObject, objectsOf, recipientsOf } from '../../effective';
import type { Files } from '../../kustomize';
import { folderOf } from '../folder';
import { defineRule, type Violation } from '../rule';
import { type CreationRule, creationRules } from '../sops-config';
import { few } from '../written-patches';

/** Source: sops 3, config/config.go: the first rule whose path_regex fits says who may open a new file. */
export const sopsRecipients = defineRule({
  name: 'sops-recipients',
  ids: ['F33'],
  claim: 'an encrypted file can be opened by those, and only those, that its rule in .sops.yaml names',
  because: 'a cluster whose key is missing cannot decrypt it, and a key that was taken away still opens it',
  evidence: 'sops 3, config/config.go: a rule counts when a file is encrypted, and files that are there already keep their keys',
  severity: 'warning',
  fix: 'sops updatekeys FILE',

  *check(repository) {
    const rulesOf = rulesByFolder(repository.files);
    const keyless = new Set<string>();
    for (const on of objectsOf(repository)) {
      if (!cameEncrypted(on)) continue;
      const rule = ruleFor(rulesOf(folderOf(on.origin.path)), on.origin.path);
      if (!rule) continue;
      if (rule.hasKeys) yield* compared(on, rule);
      else if (!keyless.has(`${rule.file} ${rule.at}`)) {
        keyless.add(`${rule.file} ${rule.at}`);
        yield {
          on: { file: rule.file },
          at: rule.at,
          found: 'a rule without a key',
          because: 'sops refuses to encrypt what it covers',
          fix: 'name the age recipients of the cluster: age: age1…; in code: ageRecipients',
        };
      }
    }
  },
});

/** Each folder's rules are read once. */
function rulesByFolder(files: Files): (folder: string) => readonly CreationRule[] {
  const known = new Map<string, readonly CreationRule[]>();
  return (folder) => {
    const rules = known.get(folder) ?? creationRules(files, folder);
    known.set(folder, rules);
    return rules;
  };
}

/** The first rule that covers a file; undefined where there is none, or where one before it is not understood. */
function ruleFor(rules: readonly CreationRule[], path: string): CreationRule | undefined {
  for (const rule of rules) {
    const covers = rule.covers(path);
    if (covers === undefined) return undefined;
    if (covers) return rule;
  }
  return undefined;
}

function* compared(on: EffectiveObject, rule: CreationRule): Iterable<Violation> {
  const recipients = recipientsOf(on.unsubstituted).filter(({ kind }) => kind === 'age');
  const has = new Set(recipients.map(({ id }) => id));
  const wanted = new Set(rule.age);
  const missing = [...wanted].filter((id) => !has.has(id));
  const more = [...has].filter((id) => !wanted.has(id));
  const parts = [
    ...(missing.length > 0 ? [`cannot be opened by ${few(missing.map(short))}`] : []),
    ...(more.length > 0 ? [`can be opened by ${few(more.map(short))}`] : []),
  ];
  if (parts.length === 0) return;
  yield {
    on,
    at: 'sops.age',
    found: `it ${parts.join(', and ')}, unlike ${rule.at} of ${rule.file} says`,
    fix: `run sops updatekeys ${on.origin.path}; where a key was lost, change the values too`,
  };
}

/** Public keys are long; their beginnings differ. */
function short(recipient: string): string {
  return recipient.length > 20 ? `${recipient.slice(0, 16)}…` : recipient;
}
