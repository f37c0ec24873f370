/**
 * The words that fields of Kubernetes' own kinds take, by the type that has the field. Kubernetes' OpenAPI calls them text and lists
 * them in descriptions at best; the API server refuses all others. Source: the constants of k8s.io/api v0.34 and the validation
 * beside them; only fields whose words have not grown since 1.30, and none whose list is open.
 */
const words: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Container: containerWords(),
  ContainerPort: { protocol: ['SCTP', 'TCP', 'UDP'] },
  CronJobSpec: { concurrencyPolicy: ['Allow', 'Forbid', 'Replace'] },
  CustomResourceConversion: { strategy: ['None', 'Webhook'] },
  CustomResourceDefinitionSpec: { scope: ['Cluster', 'Namespaced'] },
  DaemonSetUpdateStrategy: { type: ['OnDelete', 'RollingUpdate'] },
  DeploymentStrategy: { type: ['Recreate', 'RollingUpdate'] },
  HTTPIngressPath: { pathType: ['Exact', 'ImplementationSpecific', 'Prefix'] },
  JobSpec: { completionMode: ['Indexed', 'NonIndexed'], podReplacementPolicy: ['Failed', 'TerminatingOrFailed'] },
  LabelSelectorRequirement: { operator: ['DoesNotExist', 'Exists', 'In', 'NotIn'] },
  MutatingWebhook: { ...webhookWords(), reinvocationPolicy: ['IfNeeded', 'Never'] },
  NetworkPolicyPort: { protocol: ['SCTP', 'TCP', 'UDP'] },
  NetworkPolicySpec: { policyTypes: ['Egress', 'Ingress'] },
  NodeSelectorRequirement: { operator: ['DoesNotExist', 'Exists', 'Gt', 'In', 'Lt', 'NotIn'] },
  PersistentVolumeClaimSpec: volumeWords(),
  PersistentVolumeSpec: { ...volumeWords(), persistentVolumeReclaimPolicy: ['Delete', 'Recycle', 'Retain'] },
  PodDisruptionBudgetSpec: { unhealthyPodEvictionPolicy: ['AlwaysAllow', 'IfHealthyBudget'] },
  PodSecurityContext: { fsGroupChangePolicy: ['Always', 'OnRootMismatch'] },
  PodSpec: {
    dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
    preemptionPolicy: ['Never', 'PreemptLowerPriority'],
    restartPolicy: ['Always', 'Never', 'OnFailure'],
  },
  PriorityClass: { preemptionPolicy: ['Never', 'PreemptLowerPriority'] },
  RoleRef: { kind: ['ClusterRole', 'Role'] },
  SeccompProfile: { type: ['Localhost', 'RuntimeDefault', 'Unconfined'] },
  ServicePort: { protocol: ['SCTP', 'TCP', 'UDP'] },
  ServiceSpec: {
    externalTrafficPolicy: ['Cluster', 'Local'],
    internalTrafficPolicy: ['Cluster', 'Local'],
    ipFamilies: ['IPv4', 'IPv6'],
    ipFamilyPolicy: ['PreferDualStack', 'RequireDualStack', 'SingleStack'],
    sessionAffinity: ['ClientIP', 'None'],
    type: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  },
  StatefulSetSpec: { podManagementPolicy: ['OrderedReady', 'Parallel'] },
  StatefulSetUpdateStrategy: { type: ['OnDelete', 'RollingUpdate'] },
  StorageClass: { reclaimPolicy: ['Delete', 'Retain'], volumeBindingMode: ['Immediate', 'WaitForFirstConsumer'] },
  Subject: { kind: ['Group', 'ServiceAccount', 'User'] },
  Taint: { effect: ['NoExecute', 'NoSchedule', 'PreferNoSchedule'] },
  Toleration: { effect: ['NoExecute', 'NoSchedule', 'PreferNoSchedule'] },
  TopologySpreadConstraint: {
    nodeAffinityPolicy: ['Honor', 'Ignore'],
    nodeTaintsPolicy: ['Honor', 'Ignore'],
    whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway'],
  },
  ValidatingWebhook: webhookWords(),
};

/** The words of the fields of one type, `ServiceSpec`; undefined where none is known. */
export function wordsOf(type: string): Readonly<Record<string, readonly string[]>> | undefined {
  return Object.hasOwn(words, type) ? words[type] : undefined;
}

function containerWords(): Readonly<Record<string, readonly string[]>> {
  return {
    imagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
    terminationMessagePolicy: ['FallbackToLogsOnError', 'File'],
  };
}

function volumeWords(): Readonly<Record<string, readonly string[]>> {
  return {
    accessModes: ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'],
    volumeMode: ['Block', 'Filesystem'],
  };
}

function webhookWords(): Readonly<Record<string, readonly string[]>> {
  return {
    failurePolicy: ['Fail', 'Ignore'],
    matchPolicy: ['Equivalent', 'Exact'],
    sideEffects: ['None', 'NoneOnDryRun'],
  };
}
