import type { PrometheusRuleSpecGroupsRules } from '../../imports/monitoring.coreos.com';

/** How soon somebody should look: at once, in working hours, or when they next look. */
export type Severity = 'critical' | 'warning' | 'info';

export interface AlertProps {
  /** PromQL; true of a series means trouble. Never `${…}`, which Flux would replace. */
  readonly expr: string;
  /** How long it must hold before the alert fires. @default at once, where the expression itself waits */
  readonly for?: `${number}${'s' | 'm' | 'h'}`;
  /** What is wrong, one line; may name labels: `{{ $labels.pod }}`. */
  readonly summary: string;
  /** What it means, and where to look. */
  readonly description: string;
}

/** One alert of a PrometheusRule, by its CamelCase name. */
export function alert(name: string, severity: Severity, props: AlertProps): PrometheusRuleSpecGroupsRules {
  return {
    alert: name,
    expr: props.expr,
    ...(props.for !== undefined && { for: props.for }),
    labels: { severity },
    annotations: { summary: props.summary, description: props.description },
  };
}
