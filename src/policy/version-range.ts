/** Major versions of this many digits are written to mean "whatever comes", but for years: `2026.1.0`. */
const ENDLESS = 999;

/**
 * Whether a constraint ends somewhere above, so that it does not accept every version that is still to come: `1.19.x`, `~1.2`,
 * `>=1.2 <2`. The grammar is that of Masterminds/semver 3, by which Flux chooses charts.
 */
export function hasUpperEnd(constraint: string): boolean {
  return constraint.split('||').every((choice) => comparators(choice).some(endsAbove));
}

function comparators(choice: string): readonly string[] {
  const range = / - (.*)$/.exec(choice);
  if (range?.[1] !== undefined) return [`<=${range[1].trim()}`];
  return choice
    .replace(/([<>=!~^])\s+/g, '$1')
    .split(/[,\s]+/)
    .filter((part) => part !== '');
}

function endsAbove(comparator: string): boolean {
  const [, operator = '', major] = /^([<>=!~^]*)v?(\d+)/.exec(comparator) ?? [];
  if (major === undefined || operator.includes('>=') || operator.includes('!')) return false;
  if (operator === '>' || operator === '=>') return false;
  return !operator.startsWith('<') && operator !== '=<' ? true : isVersion(Number(major));
}

function isVersion(major: number): boolean {
  return major < ENDLESS || (major >= 2000 && major < 2100);
}
