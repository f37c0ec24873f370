// refused: 'Postgre' is not assignable to parameter of type 'AnyMonitoring'
import { ServiceMonitor } from '../../src/manifests';
import { postgre } from './fixture';

new ServiceMonitor(postgre, 'service-monitor', { spec: { selector: {}, endpoints: [{ port: 'metrics' }] } });
