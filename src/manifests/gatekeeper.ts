import type { Config as ConfigObject } from '../../imports/config.gatekeeper.sh';
import type { ConstraintTemplate as ConstraintTemplateObject } from '../../imports/templates.gatekeeper.sh';
import { kind } from '../flux';

/** config.gatekeeper.sh/v1alpha1 Config; Gatekeeper reads only the one named `config` in its own namespace. */
export class GatekeeperConfig extends kind<ConfigObject>('config.gatekeeper.sh/v1alpha1', 'Config') {}

/** templates.gatekeeper.sh/v1 ConstraintTemplate: brings the kind of its constraints once Gatekeeper has compiled it. */
export class ConstraintTemplate extends kind<ConstraintTemplateObject>('templates.gatekeeper.sh/v1', 'ConstraintTemplate', {
  scope: 'Cluster',
  health: {
    current: 'has(status.created) && status.created',
    failed: 'has(status.byPod) && status.byPod.exists(p, has(p.errors) && size(p.errors) > 0)',
  },
}) {}
