// refused: Property 'because' is missing
import type { HelmReleaseProps } from '../../src/manifests';

export const failure: HelmReleaseProps<object>['onFailure'] = { retry: true };
