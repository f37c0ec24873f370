import type { Config as ConfigObject } from '../../imports/config.gatekeeper.sh';
import { kind } from '../flux';

/** config.gatekeeper.sh/v1alpha1 Config; Gatekeeper reads only the one named `config` in its own namespace. */
export class GatekeeperConfig extends kind<ConfigObject>('config.gatekeeper.sh/v1alpha1', 'Config') {}
