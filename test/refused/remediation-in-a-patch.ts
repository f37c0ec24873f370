// refused: 'install' does not exist in type 'ReleaseChange
import type { ReloaderValues } from '../../imports/charts/reloader';
import type { HelmRelease } from '../../src/manifests';

declare const release: HelmRelease<ReloaderValues>;
release.patch({ install: { remediation: { remediateLastFailure: true } } });
