import { policyWebhooks, type Webhook } from '../charts';
import { type EffectiveCluster, type EffectiveObject, ofKind } from '../effective';
import { type KnownRelease, releaseName, releasesOf } from './releases';
import { at, nameOf, textAt } from './rule';
import { webhooksIn } from './webhook-match';

/** A webhook, who registers it, and who has to be up for it to answer. */
export interface RegisteredWebhook {
  readonly webhook: Webhook;
  /** What a finding is about: the HelmRelease, the configuration, or the policy that makes its engine ask. */
  readonly on: EffectiveObject;
  /** What runs the pods that answer: the HelmRelease, or the Service where all of it are manifests. */
  readonly provider: EffectiveObject;
  /** `HelmRelease gatekeeper-system/gatekeeper`. */
  readonly by: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  readonly release: KnownRelease | undefined;
}

const known = new WeakMap<EffectiveCluster, readonly RegisteredWebhook[]>();

/** Every webhook that is known to come into being in a cluster; worked out once. */
export function webhooksOf(cluster: EffectiveCluster): readonly RegisteredWebhook[] {
  const made = known.get(cluster) ?? [...ofReleases(cluster), ...ofManifests(cluster)];
  known.set(cluster, made);
  return made;
}

const POLICIES = ['ClusterPolicy', 'Policy', 'ValidatingPolicy', 'MutatingPolicy', 'ImageValidatingPolicy'] as const;

function ofReleases(cluster: EffectiveCluster): readonly RegisteredWebhook[] {
  return releasesOf(cluster).flatMap((release) => {
    const { on, known: facts } = release;
    if (!facts) return [];
    const registered = { provider: on, by: releaseName(release), namespace: facts.release.namespace, release };
    const policies = facts.facts.chart === 'kyverno' ? POLICIES.flatMap((kind) => ofKind(cluster, kind)) : [];
    return [
      ...facts.brought.webhooks.map((webhook) => ({ ...registered, webhook, on })),
      ...policies.flatMap((policy) =>
        policyWebhooks([policy.object], at(on.object, 'spec', 'values'), facts.release).map((webhook) => ({
          ...registered,
          webhook,
          on: policy,
        })),
      ),
    ];
  });
}

function ofManifests(cluster: EffectiveCluster): readonly RegisteredWebhook[] {
  const configurations = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap((kind) => ofKind(cluster, kind));
  if (configurations.length === 0) return [];
  const services = new Map(ofKind(cluster, 'Service', '').map((on) => [nameOf(on.object), on]));
  return configurations.flatMap((on) =>
    webhooksIn(on.object).flatMap((webhook, index) => {
      const namespace = textAt(on.object, 'webhooks', index, 'clientConfig', 'service', 'namespace') ?? '';
      const provider = services.get(`Service ${namespace}/${webhook.service}`);
      return provider ? [{ webhook, on, provider, by: nameOf(on.object), namespace, release: undefined }] : [];
    }),
  );
}
