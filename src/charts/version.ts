/**
 * Whether a chart constraint admits a version, as Helm judges it. A form that cannot be read admits nothing: facts are then taken for
 * those of another version.
 */
export function admits(constraint: string, version: string): boolean {
  const satisfies: typeof import('semver/functions/satisfies') = require('semver/functions/satisfies');
  const validRange: typeof import('semver/ranges/valid') = require('semver/ranges/valid');
  if (constraint.trim() === '') return false;
  // Helm joins comparators by commas too, and writes a `v` before ranges
  const range = constraint.replace(/,/g, ' ').replace(/=([<>])/g, '$1=');
  return validRange(range) !== null && satisfies(version, range);
}
