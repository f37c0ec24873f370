// refused: Property 'because' is missing
import { Namespace } from '../../src/manifests';
import { postgre } from './fixture';

new Namespace(postgre, 'namespace', { podSecurity: 'privileged' });
