import { type EffectiveObject, ofKind } from '../../effective';
import { withoutUser } from '../masked';
import { at, defineRule, textAt, type Violation } from '../rule';

const OCI = 'oci://';

/** Source: source-controller 1.9, helmrepository_controller.go and helmchart_controller.go: each kind of address has its type. */
export const ociRepository = defineRule({
  name: 'oci-repository',
  ids: ['F29'],
  claim: 'a HelmRepository has the type that its address needs, and charts in registries come from an OCIRepository',
  because:
    'a HelmRepository of type oci is looked at by nobody: a wrong address shows only at each chart, and upstream merely maintains it',
  evidence: 'source-controller 1.9, internal/controller/helmrepository_controller.go and helmchart_controller.go',
  severity: 'info',
  fix: 'OCIRepository, and chartRef in the release',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'HelmRepository', 'source.toolkit.fluxcd.io')) {
      const url = textAt(on.object, 'spec', 'url') ?? '';
      if (on.unknown?.has('spec.url')) continue;
      if (textAt(on.object, 'spec', 'type') === 'oci') yield* ofTypeOci(on, url);
      else if (url.startsWith(OCI)) {
        yield {
          on,
          at: 'spec.url',
          found: `the address ${withoutUser(url)} without type: oci`,
          because: 'the controller refuses the address for good, and no chart comes out of the repository',
          fix: 'state type: oci; or make it an OCIRepository, with chartRef in the release',
          severity: 'error',
        };
      }
    }
  },
});

function* ofTypeOci(on: EffectiveObject, url: string): Iterable<Violation> {
  if (!url.startsWith(OCI)) {
    yield {
      on,
      at: 'spec.type',
      found: `type: oci with the address ${withoutUser(url)}`,
      because: 'every chart of it fails with "invalid OCI registry URL"',
      fix: 'remove the type, or give the address of a registry: oci://…',
      severity: 'error',
    };
  } else {
    yield {
      on,
      at: 'spec.type',
      found: `a HelmRepository of type oci: ${withoutUser(url)}`,
      fix: 'make it an OCIRepository with the address of the chart, and name it by chartRef in the release',
    };
  }
  if (at(on.object, 'spec', 'suspend') === true && on.owner.spec['wait'] === true) {
    yield {
      on,
      at: 'spec.suspend',
      found: `suspended from the start, and ${on.owner.id} waits for it`,
      because:
        'the controller never looks at it, so its status stays unobserved, and the Flux Kustomization waits until its timeout, for ever',
      fix: 'remove suspend: a HelmRepository of type oci does nothing by itself',
      severity: 'error',
    };
  }
}
