import { type EffectiveCluster, type EffectiveObject, objectsOf, ofKind } from '../effective';
import { releasesOf } from './releases';
import { leaves, listAt, textAt } from './rule';

const GROUP = 'kustomize.toolkit.fluxcd.io';

const known = new WeakMap<EffectiveCluster, boolean>();

/**
 * Whether something in the cluster may change Flux Kustomizations as they are applied: a webhook that is there to give all of them the same
 * variables, or a policy. What they substitute with is then more than any file says.
 */
export function mutatesKustomizations(cluster: EffectiveCluster): boolean {
  const found = known.get(cluster) ?? isMutated(cluster);
  known.set(cluster, found);
  return found;
}

function isMutated(cluster: EffectiveCluster): boolean {
  // it need not have been built
  if (cluster.kustomizations.some(({ name, failure }) => failure && CHART.test(name))) return true;
  if (releasesOf(cluster).some(({ on, chart }) => CHART.test(chart ?? '') || CHART.test(textAt(on.object, 'metadata', 'name') ?? '')))
    return true;
  if (ofKind(cluster, 'MutatingWebhookConfiguration', 'admissionregistration.k8s.io').some(isForKustomizations)) return true;
  return [...objectsOf(cluster)].some(isMutatingPolicy);
}

/** Source: xunholy/kustomize-mutating-webhook, whose chart makes the webhook. */
const CHART = /kustomize-mutating-webhook/;

function isForKustomizations({ object }: EffectiveObject): boolean {
  return listAt(object, 'webhooks').some((webhook) =>
    listAt(webhook, 'rules').some((rule) => listAt(rule, 'apiGroups').some((group) => group === GROUP || group === '*')),
  );
}

/** Kyverno's, and those of Kubernetes itself: they name the group where they match or apply. */
function isMutatingPolicy({ object }: EffectiveObject): boolean {
  const isKyverno =
    object.apiVersion.startsWith('kyverno.io/') &&
    listAt(object, 'spec', 'rules').some((rule) => textAt(rule, 'name') !== undefined && 'mutate' in Object(rule));
  if (!isKyverno && object.kind !== 'MutatingAdmissionPolicy' && object.kind !== 'MutatingPolicy') return false;
  return leaves(object).some(([, value]) => typeof value === 'string' && value.startsWith(GROUP));
}
