/** One command in a script or on a page. */
export interface Command {
  /** What it is, without what nobody may see. */
  readonly what: string;
  /** From 1. */
  readonly line: number;
}

/** Longer lines are no commands that somebody typed. */
const LONGEST = 2000;

/** `kubectl -n ferry apply`: options may stand before the verb. */
const WRITES =
  /(?:^|[\s`'"(;&|$])(kubectl|oc)(?:\s+(?:-n|--namespace|--context|--kubeconfig)[\s=]\S+)*\s+(apply|create|delete|edit|patch|replace|scale|set|annotate|label|rollout restart|rollout undo|drain|cordon|uncordon|taint)\b/;

/** Commands that change a cluster. `--dry-run` changes nothing. */
export function writesIn(text: string): readonly Command[] {
  return lines(text, /\b(?:kubectl|oc)\s/).flatMap(({ content, line }) => {
    const found = WRITES.exec(content);
    if (!found || /--dry-run(?!=none)/.test(content)) return [];
    return [{ what: `${found[1]} ${found[2]}`, line }];
  });
}

/** What stands where a password stands: a literal, and no variable, command, file or placeholder. */
const LITERAL = String.raw`(?:"(?![$<{%])[^"\s]+"|'(?![$<{%])[^'\s]+'|(?![$<{%"'\x60\\*.-])[^\s"'\x60]+)`;

const PASSWORDS: readonly { readonly what: string; readonly found: RegExp; readonly sure: boolean }[] = [
  { what: 'a password behind sshpass', found: new RegExp(String.raw`\bsshpass\s+-p\s*(${LITERAL})`), sure: true },
  {
    what: 'an SSH login with its password',
    found: new RegExp(
      String.raw`\b[a-z_][\w-]*@\d{1,3}(?:\.\d{1,3}){3}[\s,/|(]*(?:password|passwd|pass|pw)(?:\s+is|\s*[:=])?\s*(${LITERAL})`,
      'i',
    ),
    sure: true,
  },
  {
    // A word that ends the line or the cell, with letters and something else in it; a number of a version or an address is none.
    what: 'an SSH login with its password',
    found:
      /^(?!.*\b(?:ssh|scp|rsync)\s).*\b[a-z_][\w-]*@\d{1,3}(?:\.\d{1,3}){3}(?:\s+|\s*[/,(]\s*)(?!v?\d+(?:\.\d+)+)(?=\S*[A-Za-z])(?=\S*[\d!#%^&+=])([^\s`'"|()<>$/]{6,})\s*[`|)]?\s*(?:\||$)/,
    sure: true,
  },
  { what: 'a password among the arguments', found: new RegExp(String.raw`\s--password[=\s]+(${LITERAL})`), sure: false },
  {
    what: 'a user and a password for curl',
    found: /\bcurl\b[^|;&]*\s(?:-u|--user)[\s=]+["']?([\w.-]+:(?![$<{%*])[^\s"'$<{]+)/,
    sure: false,
  },
  {
    what: 'a password in an address',
    found: /\b[a-z][a-z0-9+.-]*:\/\/[\w.-]+:((?![$<{%*])[^\s"'$<{@/]+)@(?!localhost|127\.|example\.)[\w.-]+/,
    sure: false,
  },
];

/** Words that stand for a password in an example. */
const PLACEHOLDER =
  /^["']?(x+|\*+|\.+|…|your[-_ ]?.*|my[-_]?.*|change[-_]?me.*|example.*|secret|password|passwd|pass|passphrase|token|pwd|redacted|todo|tbd|none|null|true|false|and|or|is|the|for|from|with|file|prompt|stdin|withheld)["']?[.,;)]*$/i;

/** A command that shows a password, and whether it can be nothing else. */
export interface Shown extends Command {
  readonly sure: boolean;
}

/** Command lines and logins that show a password; `what` never has it. */
export function passwordsIn(text: string): readonly Shown[] {
  return lines(text, /sshpass|@\d|--password|\bcurl\b|:\/\/\S+@/).flatMap(({ content, line }) =>
    PASSWORDS.flatMap(({ what, found, sure }) => {
      const value = found.exec(content)?.[1];
      if (value === undefined || PLACEHOLDER.test(value.includes(':') ? value.slice(value.indexOf(':') + 1) : value)) return [];
      return [{ what, line, sure }];
    }).slice(0, 1),
  );
}

/** @param about what a line must have to be looked at: most of a page is prose */
function lines(text: string, about: RegExp): readonly { readonly content: string; readonly line: number }[] {
  if (!about.test(text)) return [];
  return text
    .split('\n')
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.length > 5 && content.length <= LONGEST && about.test(content));
}
