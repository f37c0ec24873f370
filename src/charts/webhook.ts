import type { Labels } from './brings';
import { scalarText, scalarTexts } from './scalar';

/** One admission webhook as its chart, or its operator once it runs, registers it. */
export interface Webhook {
  /** `validation.gatekeeper.sh`. */
  readonly name: string;
  readonly type: 'validating' | 'mutating';
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly sideEffects: 'None' | 'NoneOnDryRun' | 'Some' | 'Unknown';
  readonly rules: readonly WebhookRule[];
  /** @default every namespace */
  readonly namespaceSelector?: Selector;
  /** @default every object */
  readonly objectSelector?: Selector;
  /** Whether CEL conditions narrow it further: then nobody here can tell what it matches. @default false */
  readonly conditional?: boolean;
  readonly service: string;
  /** What the Service leads to: policies see this port, never the Service's. */
  readonly podPort: number;
  /** Which pods answer, in the release's namespace. */
  readonly pods: Labels;
  /** Whether its pods stand in the node's network, where no policy reaches them. @default false */
  readonly hostNetwork?: boolean;
  /** `helm`: with the first objects of the release, before its pods run. `run time`: by its pods. */
  readonly registered: 'helm' | 'run time';
}

export interface WebhookRule {
  /** `''` is the core group, `*` any. */
  readonly groups: readonly string[];
  readonly versions: readonly string[];
  /** Plurals: `pods`, `*`, `pods/binding`. */
  readonly resources: readonly string[];
  readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT')[];
  /** @default any */
  readonly scope?: 'Namespaced' | 'Cluster';
}

/** A label selector, of those fields that Kubernetes has. */
export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly SelectorExpression[];
}

export interface SelectorExpression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** The operations of nearly every webhook. */
export const WRITES = ['CREATE', 'UPDATE'] as const;

/** The label that every Namespace has of itself. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Every namespace but these. */
export function notIn(...namespaces: readonly string[]): Selector {
  return { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'NotIn', values: namespaces }] };
}

/** A selector that somebody wrote among values; undefined where it is none. */
export function selectorFrom(value: unknown): Selector | undefined {
  if (!isMap(value)) return undefined;
  const { matchLabels, matchExpressions } = value;
  const expressions = Array.isArray(matchExpressions) ? matchExpressions.flatMap(expressionFrom) : [];
  const labels = isMap(matchLabels) ? Object.entries(matchLabels).map(([key, label]) => [key, scalarText(label)]) : [];
  return { matchLabels: Object.fromEntries(labels), matchExpressions: expressions };
}

/** Whether labels satisfy a selector; an empty one selects everything. */
export function selects(selector: Selector | undefined, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return (
    Object.entries(matchLabels).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    matchExpressions.every((expression) => holds(expression, labels))
  );
}

function holds({ key, operator, values = [] }: SelectorExpression, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const listed = value !== undefined && values.includes(value);
  return operator === 'In' ? listed : !listed;
}

function expressionFrom(value: unknown): readonly SelectorExpression[] {
  if (!isMap(value) || typeof value.key !== 'string') return [];
  const { key, operator, values } = value;
  if (operator !== 'In' && operator !== 'NotIn' && operator !== 'Exists' && operator !== 'DoesNotExist') return [];
  return [{ key, operator, values: scalarTexts(values) }];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
