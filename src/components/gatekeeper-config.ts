import { Component, type FluxRepo, type Patch } from '../flux';
import { GatekeeperConfig as Config, Constraint } from '../manifests';
import type { GatekeeperConstraintTemplates } from './gatekeeper-constraint-templates';

/** Namespaces of our own workloads. */
const APP_NAMESPACES = ['netcorp'];

const PODS = { apiGroups: [''], kinds: ['Pod'] };

export interface GatekeeperConfigProps {
  /** The rules that the constraints apply. */
  readonly templates: GatekeeperConstraintTemplates;
}

/**
 * What Gatekeeper demands of labels, images and Services, and whom it leaves alone. The constraints warn; a cluster makes
 * them deny or only count. Where Kyverno checks the same, at most one of the two refuses.
 */
export class GatekeeperConfig extends Component<'gatekeeper-config', 'gatekeeper-constraint-templates' | 'gatekeeper-system'> {
  readonly namespacesCarryPss;
  readonly imagesFromKnownRegistries;
  readonly noNodeport;
  readonly noLatestTag;
  readonly appsHaveLimits;

  constructor(repo: FluxRepo, { templates }: GatekeeperConfigProps) {
    super(repo, 'gatekeeper-config', { namespace: 'gatekeeper-system' });

    // Gatekeeper reads it itself, so it spares objects, not requests: what the API server must not ask is in the chart's values.
    new Config(this, 'config', {
      spec: {
        match: [
          { excludedNamespaces: ['kube-system', 'kube-public', 'kube-node-lease', 'flux-system', 'gatekeeper-system'], processes: ['*'] },
          { excludedNamespaces: ['longhorn-system', 'velero'], processes: ['audit', 'webhook'] }, // pods that no chart value reaches
        ],
      },
    });

    // Never deny: a Namespace is the first thing that each component's bootstrap applies.
    this.namespacesCarryPss = new Constraint(this, 'namespaces-carry-pss', {
      template: templates.requiredLabels,
      spec: {
        enforcementAction: 'warn',
        match: {
          kinds: [{ apiGroups: [''], kinds: ['Namespace'] }],
          excludedNamespaces: ['kube-*', 'default', 'flux-system'], // not made by us
        },
        parameters: {
          message: 'a namespace states its Pod Security level: pod-security.kubernetes.io/enforce is privileged, baseline or restricted',
          labels: [{ key: 'pod-security.kubernetes.io/enforce', allowedRegex: '^(privileged|baseline|restricted)$' }],
        },
      },
    });
    this.imagesFromKnownRegistries = new Constraint(this, 'images-from-known-registries', {
      template: templates.allowedRepos,
      spec: {
        enforcementAction: 'warn',
        match: { kinds: [PODS], namespaces: APP_NAMESPACES },
        parameters: {
          repos: ['cr.l5d.io/linkerd/'], // the proxy that Linkerd injects; `allowRegistry` adds a cluster's own
        },
      },
    });
    this.noNodeport = new Constraint(this, 'no-nodeport', {
      template: templates.blockNodePort,
      spec: {
        enforcementAction: 'warn',
        match: {
          kinds: [{ apiGroups: [''], kinds: ['Service'] }],
          excludedNamespaces: ['kube-*', 'flux-system', 'envoy-gateway-system'],
        },
      },
    });
    this.noLatestTag = new Constraint(this, 'no-latest-tag', {
      template: templates.disallowedTags,
      spec: { enforcementAction: 'warn', match: { kinds: [PODS], namespaces: APP_NAMESPACES }, parameters: { tags: ['latest'] } },
    });
    // Kyverno's require-pod-resources is the one that refuses; this one counts, in the audit, what was there before.
    this.appsHaveLimits = new Constraint(this, 'apps-have-limits', {
      template: templates.requiredResources,
      spec: {
        enforcementAction: 'warn',
        match: { kinds: [PODS], namespaces: APP_NAMESPACES },
        parameters: {
          limits: ['memory'],
          requests: ['cpu', 'memory'],
          exemptImages: ['cr.l5d.io/linkerd/*'], // injected; the pod's annotations set what the proxy gets
        },
      },
    });
  }

  /** Admits images of a registry. Without a cluster's own, and where the constraint denies, no image of ours starts. */
  allowRegistry(registry: string): Patch {
    return this.imagesFromKnownRegistries.append(['spec', 'parameters', 'repos'], `${registry}/`);
  }
}
