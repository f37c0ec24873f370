import { localKube } from './clusters/local-kube';
import { production } from './clusters/production';
import { staging } from './clusters/staging';
import { components } from './components';
import { FluxRepo } from './flux';

/** The whole platform: every component built once, and the clusters that run them. */
export function platform(): FluxRepo {
  const repo = new FluxRepo({ url: 'ssh://git@git.netcorp.example/platform/infra.git', branch: 'security-upgrade-2' });
  const built = components(repo);
  localKube(repo, built);
  staging(repo, built);
  production(repo, built);
  return repo;
}
