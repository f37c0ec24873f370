/**
 * The expression with each `has(…)` that the library cannot read put in words that it can. CEL takes any choice of a field there; the library
 * only one that begins with a name: `has(self.matches[0].path)` becomes `(self.matches[0]).?path.hasValue()`.
 */
export function readableHas(expression: string): string {
  if (!OTHER_THAN_NAMES.test(expression)) return expression;
  let made = '';
  let from = 0;
  for (const start of callsOfHas(expression)) {
    if (start < from) continue;
    const end = closing(expression, start);
    const inner = end === undefined ? undefined : rewritten(expression.slice(start, end));
    if (end === undefined || inner === undefined) continue;
    made += expression.slice(from, start - 'has('.length) + inner;
    from = end + 1;
  }
  return made + expression.slice(from);
}

/** A `has(…)` whose argument is not just names with dots between them. */
const OTHER_THAN_NAMES = /(?<![\w.])has\((?!\s*\w+(\s*[.]\s*\w+)+\s*\))/;

/** Places right after `has(`. */
function callsOfHas(expression: string): readonly number[] {
  return [...expression.matchAll(/(?<![\w.])has\(/g)].map(({ index, 0: call }) => index + call.length);
}

/** Place of the bracket that closes the one before `start`; brackets in quoted text are text. */
function closing(expression: string, start: number): number | undefined {
  let depth = 0;
  const parts = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[()[\]{}]/g;
  parts.lastIndex = start;
  for (let part = parts.exec(expression); part; part = parts.exec(expression)) {
    if (/^[([{]$/.test(part[0])) depth++;
    else if (/^[)\]}]$/.test(part[0]) && depth-- === 0) return part.index;
  }
  return undefined;
}

/** The argument in other words; undefined where the library takes it as it is. */
function rewritten(argument: string): string | undefined {
  if (/^\s*\w+(\s*[.]\s*\w+)+\s*$/.test(argument)) return undefined;
  const field = /^([\s\S]+)[.]\s*(\w+)\s*$/.exec(argument);
  return field ? `(${readableHas(field[1] ?? '')}).?${field[2]}.hasValue()` : undefined;
}
