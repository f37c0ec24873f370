/**
 * Whether a chart constraint admits a version, as Helm judges it (Masterminds' grammar, not npm's: comparators are joined by commas too).
 * A form that is not known here, and a pre-release, admit nothing: facts are then taken for those of another version.
 */
export function admits(constraint: string, version: string): boolean {
  const wanted = numbers(version);
  if (wanted?.length !== 3) return false;
  return constraint.split('||').some((alternative) => {
    const range = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(alternative);
    const comparators = range ? [`>=${range[1]}`, `<=${range[2]}`] : alternative.replace(/([<>=~^!]+)\s+/g, '$1').split(/[\s,]+/);
    const written = comparators.filter((text) => text !== '');
    return written.length > 0 && written.every((comparator) => holds(comparator, wanted));
  });
}

/** Major, minor, patch, as many as are stated. */
type Numbers = readonly number[];

function holds(comparator: string, version: Numbers): boolean {
  const [, operator = '', rest = ''] = /^([<>=~^!]*)(.*)$/.exec(comparator) ?? [];
  const stated = numbers(rest);
  if (!stated) return false;
  const any = stated.length === 0;
  // the first version beyond all those that agree with the numbers up to a place
  const isBefore = (place: number): boolean => compare(version, [...stated.slice(0, place), (stated[place] ?? 0) + 1]) < 0;
  const isFrom = compare(version, stated) >= 0;
  switch (operator) {
    case '':
    case '=':
      return any || (isFrom && isBefore(stated.length - 1));
    case '!=':
      return !any && !holds(`=${rest}`, version);
    case '>=':
    case '=>':
      return isFrom;
    case '<':
      return !isFrom;
    case '>':
      return !any && !isBefore(stated.length - 1);
    case '<=':
    case '=<':
      return any || isBefore(stated.length - 1);
    case '~':
    case '~>':
      return any || (isFrom && isBefore(stated.length > 1 ? 1 : 0));
    case '^': {
      const first = stated.findIndex((number) => number > 0);
      return any || (isFrom && isBefore(first < 0 ? stated.length - 1 : first));
    }
    default:
      return false;
  }
}

/** `v1.19.x` is [1, 19]; undefined where it is no version, or that of a pre-release. */
function numbers(text: string): Numbers | undefined {
  const parts = text.replace(/^v/, '').replace(/\+.*$/, '').split('.');
  const open = parts.findIndex((part) => part === 'x' || part === 'X' || part === '*');
  const stated = open < 0 ? parts : parts.slice(0, open);
  return stated.length <= 3 && stated.every((part) => /^\d+$/.test(part)) ? stated.map(Number) : undefined;
}

function compare(a: Numbers, b: Numbers): number {
  for (const place of [0, 1, 2]) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
