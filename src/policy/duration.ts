/** Seconds in each unit of a Go duration. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 0.001],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);

/**
 * Seconds of a Go duration as Flux takes it: `1h30m`, `90s`, `1.5h`, `250ms`.
 *
 * @returns undefined for what is none
 */
export function secondsOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(value)) return undefined;
  let seconds = 0;
  for (const [, number, unit = ''] of value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) seconds += Number(number) * (UNITS.get(unit) ?? 0);
  return seconds;
}

/** Seconds as Flux writes them, of whole units: `1h30m`, `10m`, `45s`. */
export function durationOf(seconds: number): string {
  const rest = Math.round(seconds);
  const parts = [
    [Math.floor(rest / 3600), 'h'],
    [Math.floor((rest % 3600) / 60), 'm'],
    [rest % 60, 's'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join('') || '0s';
}
