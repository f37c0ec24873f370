/** A tree with one mistake, and the rule that must find it. */
export interface Planted {
  readonly rule: string;
  readonly mistake: string;
  readonly files: Readonly<Record<string, string>>;
}

const CONFIG_MAP = (name: string, data = '{key: value}'): string =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, namespace: ferry}, data: ${data}}\n`;

const LIST = (...resources: readonly string[]): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;

const CLUSTER_CONFIG = (data: string): string =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: cluster-config, namespace: flux-system}, data: ${data}}\n`;

const FLUX = (spec: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ferry, namespace: flux-system}
spec: {interval: 5m, prune: false, path: ./namespaces/ferry, sourceRef: {kind: GitRepository, name: flux-system}${spec}}
`;

const SUBSTITUTE_FROM = ', postBuild: {substituteFrom: [{kind: ConfigMap, name: cluster-config}]}';

/** A tree with nothing wrong in it, but for what the argument replaces. */
function tree(changed: Readonly<Record<string, string>>, spec = ''): Readonly<Record<string, string>> {
  return {
    'clusters/test/kustomization.yaml': LIST('cluster-config.yaml', 'infrastructure.yaml'),
    'clusters/test/cluster-config.yaml': CLUSTER_CONFIG('{DOMAIN: example.org}'),
    'clusters/test/infrastructure.yaml': FLUX(spec),
    'namespaces/ferry/kustomization.yaml': LIST('one.yaml', '../other/folder'),
    'namespaces/ferry/one.yaml': CONFIG_MAP('one'),
    'namespaces/other/folder/kustomization.yaml': LIST('two.yaml'),
    'namespaces/other/folder/two.yaml': CONFIG_MAP('two'),
    ...changed,
  };
}

const PATCH = (name: string, to: string): string =>
  `{target: {kind: ConfigMap, name: ${name}}, patch: '- {op: replace, path: /data/key, value: "${to}"}'}`;

/** Builds and passes: the checks must find nothing, with every feature that may stand in a tree of ours. */
export const FLAWLESS: Readonly<Record<string, string>> = tree(
  { 'namespaces/ferry/one.yaml': CONFIG_MAP('one', '{key: "https://${DOMAIN}", script: "$${HOME} ${UNSET:=default}"}') },
  `${SUBSTITUTE_FROM}, targetNamespace: ferry-two, patches: [${PATCH('one', 'https://www.${DOMAIN}')}, ${PATCH('two', 'patched')}]`,
);

export const PLANTED: readonly Planted[] = [
  {
    rule: 'builds',
    mistake: 'a file that is listed and absent',
    files: tree({ 'namespaces/ferry/kustomization.yaml': LIST('absent.yaml') }),
  },
  {
    rule: 'builds',
    mistake: 'a misspelt key',
    files: tree({ 'namespaces/ferry/kustomization.yaml': `${LIST('one.yaml')}resource: [two.yaml]\n` }),
  },
  {
    rule: 'builds',
    mistake: 'a misspelt key beside patches',
    files: tree(
      { 'namespaces/ferry/kustomization.yaml': `${LIST('one.yaml')}resource: [two.yaml]\n` },
      `, patches: [${PATCH('one', 'other')}]`,
    ),
  },
  {
    rule: 'builds',
    mistake: 'a path that is not there',
    files: tree({ 'clusters/test/infrastructure.yaml': FLUX('').replace('/ferry', '/fairy') }),
  },
  {
    rule: 'builds',
    mistake: 'a patch whose own target is not there',
    files: tree({}, `, patches: [{patch: '${CONFIG_MAP('three').trim()}'}]`),
  },
  { rule: 'builds', mistake: 'the same object in two files', files: tree({ 'namespaces/other/folder/two.yaml': CONFIG_MAP('one') }) },
  {
    rule: 'unique-object',
    mistake: 'the same object in two versions',
    files: tree({
      'namespaces/ferry/one.yaml': `{apiVersion: ferry.io/v1, kind: Ferry, metadata: {name: one, namespace: ferry}}\n`,
      'namespaces/other/folder/two.yaml': `{apiVersion: ferry.io/v2, kind: Ferry, metadata: {name: one, namespace: ferry}}\n`,
    }),
  },
  {
    rule: 'builds-something',
    mistake: 'patches that delete everything',
    files: tree(
      {},
      `, patches: [{target: {kind: ConfigMap}, patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: any}, $patch: delete}'}]`,
    ),
  },
  {
    rule: 'variables-exist',
    mistake: 'variables from nowhere',
    files: tree({}, SUBSTITUTE_FROM.replace('cluster-config', 'cluster-confg')),
  },
  {
    rule: 'variable-names',
    mistake: 'a key that is no variable',
    files: tree({ 'clusters/test/cluster-config.yaml': CLUSTER_CONFIG('{DOMAIN: example.org, not-a-name: x}') }, SUBSTITUTE_FROM),
  },
  {
    rule: 'variables-defined',
    mistake: 'an undefined variable',
    files: tree({ 'namespaces/ferry/one.yaml': CONFIG_MAP('one', '{key: "${DOMIAN}"}') }, SUBSTITUTE_FROM),
  },
  {
    rule: 'variables-substituted',
    mistake: 'a variable where nothing is substituted',
    files: tree({ 'namespaces/ferry/one.yaml': CONFIG_MAP('one', '{key: "${DOMAIN}"}') }),
  },
  {
    rule: 'variables-keep-yaml',
    mistake: 'a value that breaks the text around it',
    files: tree(
      {
        'clusters/test/cluster-config.yaml': CLUSTER_CONFIG("{DOMAIN: 'a: b'}"),
        'namespaces/ferry/one.yaml': CONFIG_MAP('one', '{key: "${DOMAIN}"}'),
      },
      SUBSTITUTE_FROM,
    ),
  },
  {
    rule: 'variables-keep-text',
    mistake: 'a number in place of a text',
    files: tree(
      {
        'clusters/test/cluster-config.yaml': CLUSTER_CONFIG("{DOMAIN: '8080'}"),
        'namespaces/ferry/one.yaml': CONFIG_MAP('one', '{key: "${DOMAIN}"}'),
      },
      SUBSTITUTE_FROM,
    ),
  },
  { rule: 'patch-changes-something', mistake: 'a patch for what is not there', files: tree({}, `, patches: [${PATCH('three', 'other')}]`) },
  {
    rule: 'patch-changes-something',
    mistake: 'a patch that says what stands there',
    files: tree({}, `, patches: [${PATCH('one', 'value')}]`),
  },
];
