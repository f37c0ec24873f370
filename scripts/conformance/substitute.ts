/** Why a text cannot be substituted: the reason as Flux gives it. */
export class SubstitutionError extends Error {
  override readonly name = 'SubstitutionError';
}

const OPERATORS: readonly string[] = [':-', ':=', ':+', ':?', '='];

/**
 * Flux's post-build substitution with the gate StrictPostBuildSubstitutions on, as it is since Flux 2.9: a second opinion, written
 * apart from the program's own and only for what a tree of ours may contain. `${name}`, `${name:-default}`, `${name:=default}`,
 * `${name=default}` and, as Flux reads them, `${name:+default}`, `${name:?default}`; `$$` is `$`. String functions
 * (`${name:0:3}`, `${name/a/b}`, …) are refused: nobody needs them in a manifest, and a rule says so.
 *
 * @throws SubstitutionError where Flux would fail the build, or where the form is one of the refused.
 */
export function substitute(text: string, variables: ReadonlyMap<string, string>): string {
  const [result] = read(text, 0, variables, false);
  return result;
}

/** Reads from `at` to the end, or to the closing brace of the default it is in; gives back the text and where it stopped. */
function read(text: string, from: number, variables: ReadonlyMap<string, string>, inDefault: boolean): readonly [string, number] {
  let result = '';
  let at = from;
  while (at < text.length) {
    if (inDefault && text[at] === '}') return [result, at];
    if (text.startsWith('$$', at)) {
      result += '$';
      at += 2;
    } else if (text.startsWith('${', at)) {
      const [value, end] = expression(text, at, variables);
      result += value;
      at = end;
    } else {
      result += text[at];
      at += 1;
    }
  }
  if (inDefault) throw new SubstitutionError('missing closing brace');
  return [result, at];
}

function expression(text: string, from: number, variables: ReadonlyMap<string, string>): readonly [string, number] {
  const shown = text.slice(from, from + 40).split('\n', 1)[0] ?? '';
  const name = /^\w+/.exec(text.slice(from + 2, from + 200))?.[0];
  if (name === undefined) throw new SubstitutionError(`unable to parse variable name: ${shown}`);
  const after = from + 2 + name.length;
  const value = variables.get(name);
  if (text[after] === '}') {
    if (value === undefined) throw new SubstitutionError(`variable not set (strict mode): "${name}"`);
    return [value, after + 1];
  }
  const operator = OPERATORS.find((candidate) => text.startsWith(candidate, after));
  if (operator === undefined) throw new SubstitutionError(`neither a variable nor a default: ${shown}`);
  // Flux works out the default before it looks whether it is needed: a variable in it must exist in any case.
  const [fallback, end] = read(text, after + operator.length, variables, true);
  return [value === undefined || value === '' ? fallback : value, end + 1];
}

/** Whether Flux takes it for the name of a variable; one key of a ConfigMap that is none fails the whole build. */
export function isVariableName(name: string): boolean {
  return /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name);
}
