// refused: missing the following properties from type '{ readonly podSecurity
import { Namespace } from '../../src/manifests';
import { postgre } from './fixture';

new Namespace(postgre, 'namespace', { meshed: true });
