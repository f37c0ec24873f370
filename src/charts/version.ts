/**
 * Whether a chart constraint admits a version, as Helm judges it. A form that cannot be read admits nothing: facts are then taken for
 * those of another version.
 */
export function admits(constraint: string, version: string): boolean {
  const { satisfies, validRange }: typeof import('semver') = require('semver');
  if (constraint.trim() === '') return false;
  // Helm joins comparators by commas too, and writes a `v` before ranges
  const range = constraint.replace(/,/g, ' ').replace(/=([<>])/g, '$1=');
  return validRange(range) !== null && satisfies(version, range);
}
