import type { Monitor } from './brings';

/**
 * A value as Helm's templates judge it: `false`, `0`, an empty text, list or map and null are off, everything else is on, the text
 * `"false"` too. Undefined is the chart's default; null takes the default away.
 */
export function isOn(value: unknown, byDefault: boolean): boolean {
  if (value === undefined) return byDefault;
  if (value === null || value === false || value === 0 || value === '') return false;
  return typeof value === 'object' ? Object.keys(value).length > 0 : true;
}

/** A text among values; the chart's default where there is none. */
export function textOr(value: unknown, byDefault: string): string {
  return typeof value === 'string' && value !== '' ? value : byDefault;
}

/** A port among values, as number or text; the chart's default where there is none. */
export function portOr(value: unknown, byDefault: number): number {
  const port = typeof value === 'string' ? Number(value) : value;
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : byDefault;
}

/** A failure policy among values; the chart's default where there is none. */
export function policyOr(value: unknown, byDefault: 'Fail' | 'Ignore'): 'Fail' | 'Ignore' {
  return value === 'Fail' || value === 'Ignore' ? value : byDefault;
}

/** A monitor, if its switch is on. All charts here have them off, but for the one that says otherwise. */
export function monitor(kind: Monitor['kind'], at: string, value: unknown, byDefault = false): readonly Monitor[] {
  return isOn(value, byDefault) ? [{ kind, at }] : [];
}
