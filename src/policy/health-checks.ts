import type { FluxKustomization } from '../effective';
import { listAt, textAt } from './rule';

/** One entry of `spec.healthChecks`, as Flux resolves it. */
export interface HealthCheck {
  /** `spec.healthChecks[0]`. */
  readonly at: string;
  /** `apps/v1` where the entry has none. */
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export function healthChecksOf({ spec, namespace }: FluxKustomization): readonly HealthCheck[] {
  return listAt(spec, 'healthChecks').flatMap((entry, index) => {
    const kind = textAt(entry, 'kind');
    const name = textAt(entry, 'name');
    if (kind === undefined || name === undefined) return [];
    const apiVersion = textAt(entry, 'apiVersion') || 'apps/v1';
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    return [{ at: `spec.healthChecks[${index}]`, apiVersion, group, kind, name, namespace: textAt(entry, 'namespace') || namespace }];
  });
}
