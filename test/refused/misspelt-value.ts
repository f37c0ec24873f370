// refused: 'reloadStrategies' does not exist in type 'ReloaderValuesReloader'. Did you mean to write 'reloadStrategy'?
import type { ReloaderValues } from '../../imports/charts/reloader';
import { HelmRelease, HelmRepository } from '../../src/manifests';
import { postgre } from './fixture';

const repository = new HelmRepository(postgre, 'helm-repository', { url: 'https://charts.example.org' });
new HelmRelease<ReloaderValues>(postgre, 'helm-release', {
  chart: { repository, name: 'reloader', version: '2.2.x' },
  crds: 'Skip',
  values: { reloader: { reloadStrategies: 'annotations' } },
});
