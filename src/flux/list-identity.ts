/** Fields by which the items of a Kubernetes list differ, best first; dotted where one lies deeper. */
export const LIST_IDENTITY: readonly string[] = [
  'name',
  'alert',
  'record',
  'metadata.name',
  'id',
  'key',
  'topologyKey',
  'containerPort',
  'port',
  'path',
  'type',
  'kind',
  'namespace',
];
