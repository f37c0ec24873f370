import type {
  PodMonitor as PodMonitorObject,
  PrometheusRule as PrometheusRuleObject,
  ServiceMonitor as ServiceMonitorObject,
  ServiceMonitorSpecEndpoints,
} from '../../imports/monitoring.coreos.com';
import { type AnyMonitoring, type Body, type Change, Manifest, type Patch } from '../flux';

/*
 * All three take only a monitoring component as their scope: beside what they watch they would wait for CRDs that only
 * `monitoring` brings, and stop the bootstrap there. Source: specification, "Monitoring Resource Split Pattern".
 */

/** How one port of a Service is scraped. */
export type ScrapeEndpoint = ServiceMonitorSpecEndpoints;

/** monitoring.coreos.com/v1 ServiceMonitor. */
export class ServiceMonitor extends Manifest<ServiceMonitorObject> {
  constructor(scope: AnyMonitoring, id: string, body: Body<ServiceMonitorObject>) {
    super(scope, id, { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', scope: 'Namespaced' }, body);
  }

  /** Merges a change into it in one cluster. */
  patch(change: Change<ServiceMonitorObject>): Patch {
    return this.merge(change);
  }
}

/** monitoring.coreos.com/v1 PodMonitor. */
export class PodMonitor extends Manifest<PodMonitorObject> {
  constructor(scope: AnyMonitoring, id: string, body: Body<PodMonitorObject>) {
    super(scope, id, { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', scope: 'Namespaced' }, body);
  }

  /** Merges a change into it in one cluster. */
  patch(change: Change<PodMonitorObject>): Patch {
    return this.merge(change);
  }
}

/** monitoring.coreos.com/v1 PrometheusRule. */
export class PrometheusRule extends Manifest<PrometheusRuleObject> {
  constructor(scope: AnyMonitoring, id: string, body: Body<PrometheusRuleObject>) {
    super(scope, id, { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', scope: 'Namespaced' }, body);
  }

  /** Merges a change into it in one cluster. */
  patch(change: Change<PrometheusRuleObject>): Patch {
    return this.merge(change);
  }
}
