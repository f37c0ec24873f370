/**
 * What "ready" means for a custom resource, in CEL. Without it Flux calls a custom resource ready as soon as the API server
 * has stored it. Always `exists`, never `all`: `all` is true of an empty list.
 */
export interface Health {
  /** True once the object does its work. */
  readonly current: string;
  /** True when it never will without a change. Left out where the state is passing. */
  readonly failed?: string;
}

/** Health of a kind that reports a condition of `type` with status True. */
export function condition(type: string): Health {
  return { current: `has(status.conditions) && status.conditions.exists(c, c.type == '${type}' && c.status == 'True')` };
}
