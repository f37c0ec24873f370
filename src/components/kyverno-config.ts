import { Component, type FluxRepo, type Metadata } from '../flux';
import { ClusterPolicy, PolicyException } from '../manifests';

/** Namespaces of our own workloads, where a rule may refuse. */
const APP_NAMESPACES = ['netcorp'];

/** Of every policy: an engine that is down lets objects through, and slows each write by five seconds at most. */
const FAIL_OPEN = { failurePolicy: 'Ignore', timeoutSeconds: 5 } as const;

/**
 * The cluster's Kyverno policies: what pods must ask for, what Flux must not be told, what every application namespace gets.
 * All of them only report, except where a cluster enforces one. Rules on labels, images and Services are Gatekeeper's.
 */
export class KyvernoConfig extends Component<'kyverno-config', 'kyverno'> {
  readonly requirePodResources: ClusterPolicy;

  constructor(repo: FluxRepo) {
    super(repo, 'kyverno-config', { namespace: 'kyverno' });

    this.requirePodResources = new ClusterPolicy(this, 'require-pod-resources', {
      metadata: about(
        'Require pod resources',
        'Resource hygiene',
        'Without requests the scheduler packs nodes blindly; without a memory limit one leak takes its neighbours with it.',
      ),
      spec: {
        background: true,
        webhookConfiguration: FAIL_OPEN,
        rules: [
          {
            name: 'pods-have-resources',
            match: { any: [{ resources: { kinds: ['Pod'], operations: ['CREATE', 'UPDATE'] } }] },
            validate: {
              failureAction: 'Audit',
              failureActionOverrides: [{ action: 'Enforce', namespaces: APP_NAMESPACES }],
              allowExistingViolations: true,
              message: 'Every container states requests for cpu and memory, and a limit for memory.',
              pattern: {
                spec: { containers: [{ resources: { requests: { cpu: '?*', memory: '?*' }, limits: { memory: '?*' } } }] },
              },
            },
          },
        ],
      },
    });

    // Never more than Audit: a Namespace is the first thing that each component's bootstrap applies.
    new ClusterPolicy(this, 'namespace-has-pss-label', {
      metadata: about(
        'Namespaces state their Pod Security level',
        'Pod Security',
        'A namespace without the label lets its pods do whatever a node can do.',
      ),
      spec: {
        background: true,
        webhookConfiguration: FAIL_OPEN,
        rules: [
          {
            name: 'namespace-states-its-level',
            match: { any: [{ resources: { kinds: ['Namespace'], operations: ['CREATE', 'UPDATE'] } }] },
            exclude: { any: [{ resources: { kinds: ['Namespace'], names: ['kube-*', 'default', 'flux-system'] } }] }, // not made by us
            validate: {
              failureAction: 'Audit',
              allowExistingViolations: true,
              message: 'Label pod-security.kubernetes.io/enforce is privileged, baseline or restricted.',
              pattern: { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged | baseline | restricted' } } },
            },
          },
        ],
      },
    });

    // Never more than Audit: it could refuse the very commit that repairs Flux.
    new ClusterPolicy(this, 'helmrelease-guardrails', {
      metadata: about(
        'HelmReleases without force',
        'Flux',
        'These settings delete and recreate what they should upgrade, data and CRDs included.',
      ),
      spec: {
        background: true,
        webhookConfiguration: FAIL_OPEN,
        rules: [
          {
            name: 'no-destructive-remediation',
            match: { any: [{ resources: { kinds: ['helm.toolkit.fluxcd.io/v2/HelmRelease'], operations: ['CREATE', 'UPDATE'] } }] },
            validate: {
              failureAction: 'Audit',
              allowExistingViolations: true,
              message:
                'Leave out upgrade.force, upgrade.cleanupOnFail, install.remediation.remediateLastFailure and the upgrade strategy uninstall.',
              deny: {
                conditions: {
                  // Each with a default: a field that is not there would be an error of the rule, not a pass.
                  any: [
                    { key: '{{ request.object.spec.upgrade.force || `false` }}', operator: 'Equals', value: true },
                    { key: '{{ request.object.spec.upgrade.cleanupOnFail || `false` }}', operator: 'Equals', value: true },
                    {
                      key: '{{ request.object.spec.install.remediation.remediateLastFailure || `false` }}',
                      operator: 'Equals',
                      value: true,
                    },
                    { key: "{{ request.object.spec.upgrade.remediation.strategy || '' }}", operator: 'Equals', value: 'uninstall' },
                  ],
                },
              },
            },
          },
        ],
      },
    });

    new ClusterPolicy(this, 'default-deny-for-app-namespaces', {
      metadata: about(
        'Default deny for application namespaces',
        'Network',
        'A namespace labelled netcorp.io/tier=app starts closed; its own policies open what it needs.',
      ),
      spec: {
        background: true,
        webhookConfiguration: FAIL_OPEN,
        rules: [
          {
            name: 'default-deny',
            match: {
              any: [
                {
                  resources: {
                    kinds: ['Namespace'],
                    operations: ['CREATE', 'UPDATE'],
                    selector: { matchLabels: { 'netcorp.io/tier': 'app' } },
                  },
                },
              ],
            },
            generate: {
              generateExisting: true,
              synchronize: true, // Kyverno owns the object and restores it; it must not be in Git as well
              // Not a CiliumNetworkPolicy: the background controller may write NetworkPolicies without further rights, and Cilium enforces them.
              apiVersion: 'networking.k8s.io/v1',
              kind: 'NetworkPolicy',
              name: 'default-deny',
              namespace: '{{ request.object.metadata.name }}',
              data: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
            },
          },
        ],
      },
    });

    // Pods that controllers make at run time, beyond any chart's values: Longhorn's instance managers, Velero's data movers.
    // A report full of them would hide the rest.
    new PolicyException(this, 'storage-and-backup-agents', {
      spec: {
        exceptions: [
          {
            policyName: this.requirePodResources.name,
            // Kyverno derives the rule for controllers and for CronJobs; each name has to be excepted.
            ruleNames: ['pods-have-resources', 'autogen-pods-have-resources', 'autogen-cronjob-pods-have-resources'],
          },
        ],
        match: {
          any: [
            {
              resources: {
                kinds: ['Pod', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob'],
                namespaces: ['longhorn-system', 'velero'],
              },
            },
          ],
        },
      },
    });
  }
}

/** What policy reports and their readers show of a policy. */
function about(title: string, category: string, description: string): Metadata {
  return {
    annotations: {
      'policies.kyverno.io/title': title,
      'policies.kyverno.io/category': category,
      'policies.kyverno.io/description': description,
    },
  };
}
