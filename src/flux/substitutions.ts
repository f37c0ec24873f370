/** What Flux's substitution finds in texts. It happens to a whole Flux Kustomization or not at all. */
export interface Substitutions {
  /** Names of the cluster variables. */
  readonly variables: Set<string>;
  /** Whether there is `$${…}`, which stands for `${…}`, but only where substitution happens. */
  escapes: boolean;
  /** Where a `${` is neither: Flux fails on it, or finds a name that no variable has. */
  readonly unreadable: Set<string>;
}

/** From left to right: a dollar and its escape, `${NAME}`, `${NAME:-default}` and the like, or a `${` that is nothing. */
const DOLLAR = /\$\$(\{)?|\$\{(?:([a-zA-Z_][a-zA-Z0-9_]*)(?=\}|:[-=+?]|=))?/g;

export function noSubstitutions(): Substitutions {
  return { variables: new Set(), escapes: false, unreadable: new Set() };
}

/** Adds to `found` what Flux would find to substitute in one text. */
export function readSubstitutions(text: string, found: Substitutions): void {
  if (!text.includes('${')) return;
  for (const { 0: dollar, 1: brace, 2: name, index } of text.matchAll(DOLLAR)) {
    if (name !== undefined) found.variables.add(name);
    else if (brace !== undefined) found.escapes = true;
    else if (dollar === '${') found.unreadable.add(text.slice(index, index + 20).split('\n', 1)[0] ?? '');
  }
}
