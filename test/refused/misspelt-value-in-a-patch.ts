// refused: Did you mean to write 'reloadStrategy'?
import type { ReloaderValues } from '../../imports/charts/reloader';
import type { HelmRelease } from '../../src/manifests';

declare const release: HelmRelease<ReloaderValues>;
release.patch({ values: { reloader: { reloadStrateg: 'annotations' } } });
