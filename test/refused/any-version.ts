// refused: Type '"*"' is not assignable to type
import type { ReloaderValues } from '../../imports/charts/reloader';
import { HelmRelease, HelmRepository } from '../../src/manifests';
import { postgre } from './fixture';

const repository = new HelmRepository(postgre, 'helm-repository', { url: 'https://charts.example.org' });
new HelmRelease<ReloaderValues>(postgre, 'helm-release', {
  chart: { repository, name: 'reloader', version: '*' },
  crds: 'Skip',
  values: {},
});
