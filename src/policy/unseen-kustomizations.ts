import { type EffectiveCluster, type FluxKustomization, ofKind } from '../effective';
import { besideRoot } from './beside-root';
import { madeAtRunTime } from './made-at-run-time';
import { listed } from './phrase';
import { textAt } from './rule';

/**
 * Where a Flux Kustomization that stands in no file here may come from, as a condition: `flux-system/apps, which could not be built here,
 * has it`. A source of somebody else's project (another host or owner than the repository's own) holds none of ours.
 *
 * @returns undefined where everything is known
 */
export function unseenKustomizations(cluster: EffectiveCluster): string | undefined {
  const own = ownerOf(cluster, cluster.root);
  const unbuilt = cluster.kustomizations.filter((one) => {
    if (one.failure?.kind !== 'foreign') return one.failure !== undefined;
    const owner = ownerOf(cluster, one);
    return own === undefined || owner === undefined || owner === own;
  });
  if (unbuilt.length > 0) {
    return `${listed(unbuilt.map(({ id }) => id))}, which could not be built here, ${unbuilt.length === 1 ? 'has' : 'have'} it`;
  }
  const maker = madeAtRunTime(cluster);
  if (maker !== undefined) return `${maker} makes it`;
  const beside = besideRoot(cluster);
  return beside && `it is among ${beside}`;
}

/** Whose its source is; undefined where that is not known. */
function ownerOf(cluster: EffectiveCluster, { spec, namespace }: FluxKustomization): string | undefined {
  const name = textAt(spec, 'sourceRef', 'name');
  const at = textAt(spec, 'sourceRef', 'namespace') ?? namespace;
  const source = ofKind(cluster, textAt(spec, 'sourceRef', 'kind') ?? '', 'source.toolkit.fluxcd.io').find(
    ({ object: { metadata } }) => textAt(metadata, 'name') === name && textAt(metadata, 'namespace') === at,
  );
  const url = textAt(source?.object, 'spec', 'url');
  return url === undefined ? undefined : addressOwner(url);
}

/** `github.com/kubernetes-sigs`: host and first step of an address that has several; the host alone of one that has one. */
export function addressOwner(url: string): string | undefined {
  const [host = '', ...steps] = url
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^[^/]*@/, '')
    .replace(/^([^/:]+):\d+\//, '$1/')
    .split(/[/:]+/)
    .filter((step) => step !== '');
  if (host === '' || steps.length === 0) return undefined;
  return steps.length === 1 ? host : `${host}/${steps[0]}`;
}
