import type { Release } from './brings';

/** The name that Helm's scaffold gives a chart's objects: the release's, with the chart's behind it unless it is in there already. */
export function fullname(chart: string, release: Release, overrides: { readonly fullname?: unknown; readonly name?: unknown }): string {
  if (typeof overrides.fullname === 'string' && overrides.fullname !== '') return cut(overrides.fullname);
  const name = typeof overrides.name === 'string' && overrides.name !== '' ? overrides.name : chart;
  return cut(release.name.includes(name) ? release.name : `${release.name}-${name}`);
}

/** `trunc 63 | trimSuffix "-"`. */
function cut(name: string): string {
  return name.slice(0, 63).replace(/-$/, '');
}
