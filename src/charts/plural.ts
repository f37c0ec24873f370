import { kinds } from '../../imports/kinds';

/** Plural and scope of the kinds that we have types of, by group and kind. */
const KNOWN: ReadonlyMap<string, { readonly scope: 'Namespaced' | 'Cluster'; readonly plural: string }> = new Map(
  Object.entries(kinds).map(([name, known]) => [name.replace(/\/\S+/, ''), known]),
);

/** Kinds of the API server itself that live in no namespace. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  ...['Namespace', 'Node', 'PersistentVolume', 'ComponentStatus', 'CustomResourceDefinition', 'APIService', 'ClusterRole'],
  ...['ClusterRoleBinding', 'StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment', 'VolumeAttributesClass', 'PriorityClass'],
  ...['IngressClass', 'RuntimeClass', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy'],
  ...['ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'FlowSchema'],
  ...['PriorityLevelConfiguration', 'CertificateSigningRequest', 'ClusterTrustBundle', 'DeviceClass', 'ResourceSlice', 'IPAddress'],
  ...['ServiceCIDR', 'SelfSubjectReview', 'TokenReview', 'SubjectAccessReview', 'StorageVersionMigration'],
]);

/**
 * The plural by which the rules of webhooks name a kind: `networkpolicies`. Of kinds that are not known it is guessed, as the API server's
 * own clients do before they ask; no manifest says it.
 */
export function pluralOf(kind: string, group = ''): string {
  const known = KNOWN.get(`${group} ${kind}`);
  if (known) return known.plural;
  const word = kind.toLowerCase();
  if (group === 'constraints.gatekeeper.sh' || kind === 'Endpoints') return word;
  if (/(s|x|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** Whether objects of a kind live in a namespace; undefined where that is not known. */
export function scopeOf(kind: string, group: string, builtIn: boolean): 'Namespaced' | 'Cluster' | undefined {
  if (builtIn) return CLUSTER_SCOPED.has(kind) ? 'Cluster' : 'Namespaced';
  return group === 'constraints.gatekeeper.sh' ? 'Cluster' : KNOWN.get(`${group} ${kind}`)?.scope;
}
