// refused: Property 'DOMAIN' is missing
import { Cluster } from '../../src/flux';
import { repo, variables } from './fixture';

const { DOMAIN, ...rest } = variables;
new Cluster(repo, 'other', { variables: rest });
