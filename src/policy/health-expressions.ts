import type { FluxKustomization } from '../effective';
import { isMap, listAt, textAt } from './rule';

export type HealthField = 'current' | 'failed' | 'inProgress';

/** One expression of `spec.healthCheckExprs`. */
export interface HealthExpression {
  /** `spec.healthCheckExprs[0].current`. */
  readonly at: string;
  readonly group: string;
  /** Undefined where the entry is for the whole group. */
  readonly kind: string | undefined;
  readonly field: HealthField;
  readonly text: string;
}

/** One entry of `spec.healthCheckExprs`. */
export interface HealthEntry {
  /** `spec.healthCheckExprs[0]`. */
  readonly at: string;
  /** The version that the entry names counts for nothing. */
  readonly group: string;
  readonly kind: string | undefined;
  readonly index: number;
}

export function healthEntriesOf({ spec }: FluxKustomization): readonly HealthEntry[] {
  return listAt(spec, 'healthCheckExprs').flatMap((entry, index) => {
    if (!isMap(entry)) return [];
    const apiVersion = textAt(entry, 'apiVersion') ?? '';
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    return [{ at: `spec.healthCheckExprs[${index}]`, group, kind: textAt(entry, 'kind') || undefined, index }];
  });
}

export function healthExpressionsOf(kustomization: FluxKustomization): readonly HealthExpression[] {
  const fields: readonly HealthField[] = ['inProgress', 'failed', 'current'];
  return healthEntriesOf(kustomization).flatMap((entry) =>
    fields.flatMap((field) => {
      const text = textAt(kustomization.spec, 'healthCheckExprs', entry.index, field);
      return text === undefined ? [] : [{ ...entry, at: `${entry.at}.${field}`, field, text }];
    }),
  );
}
