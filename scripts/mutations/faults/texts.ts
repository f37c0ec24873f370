import { add, all, type Fault, replace, replaceIn } from '../fault';

const CONFIG = 'clusters/production/cluster-config.yaml';
const SUBSTITUTE = / {2}postBuild:\n {4}substituteFrom:\n {6}- kind: ConfigMap\n {8}name: cluster-config\n/;

/** Variables and Secrets. */
export const texts: readonly Fault[] = [
  {
    rule: 'undefined-variable',
    mistake: 'a variable that one cluster does not define',
    plant: replace(CONFIG, / {2}DATABASE_STORAGE_CLASS: .*\n/, ''),
  },
  {
    rule: 'undefined-variable',
    mistake: 'a misspelt variable',
    plant: replace('namespaces/netcorp/config-map.yaml', '${DOMAIN}', '${DOMIAN}'),
  },
  {
    rule: 'foreign-dollar-brace',
    mistake: 'an expression of another language',
    plant: replace('namespaces/netcorp/config-map.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: "${log.level}"'),
  },
  {
    rule: 'double-dollar',
    mistake: 'a password hash in a substituted object',
    plant: replace('namespaces/netcorp/config-map.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: a$$b'),
  },
  {
    rule: 'shell-semantics',
    mistake: 'an operator that means something else here',
    plant: replace('namespaces/netcorp/config-map.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: "${DOMAIN:+debug}"'),
  },
  {
    rule: 'variable-flips-type',
    mistake: 'a value that YAML reads as a number',
    plant: all(
      replace(CONFIG, 'DOMAIN: netcorp.example', 'DOMAIN: "8080"'),
      replace('namespaces/netcorp/config-map.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: "${DOMAIN}"'),
    ),
  },
  {
    rule: 'variable-breaks-yaml',
    mistake: 'a value that breaks the line it lands in',
    plant: replace(CONFIG, 'NETCORP_API_TAG: 0.1.0', 'NETCORP_API_TAG: "0.1.0: #"'),
  },
  { rule: 'bad-variable-name', mistake: 'a key that is no variable', plant: replace(CONFIG, '\ndata:\n', '\ndata:\n  config.yaml: x\n') },
  {
    rule: 'substitute-from-exists',
    mistake: 'variables from a ConfigMap that nobody makes',
    plant: replaceIn('production', 'redis', '        name: cluster-config\n', '        name: cluster-confg\n'),
  },
  {
    rule: 'substitution-inactive',
    mistake: 'a variable where nothing is substituted',
    plant: replaceIn('production', 'redis', SUBSTITUTE, ''),
  },
  {
    rule: 'substitution-in-flux-spec',
    mistake: 'a variable in a path',
    plant: replaceIn('production', 'redis', './namespaces/redis', './namespaces/${COMPONENT}'),
  },
  {
    rule: 'no-clear-text-credential',
    mistake: 'a plain Secret',
    plant: add(
      'namespaces/redis/secret.yaml',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: extra\n  namespace: redis\nstringData:\n  password: hunter2\n',
    ),
  },
  {
    rule: 'no-clear-text-credential',
    mistake: 'a password among the values',
    plant: replace('namespaces/redis/helm-release.yaml', '    auth:\n', '    auth:\n      password: hunter2\n'),
  },
  {
    rule: 'no-clear-text-credential',
    mistake: 'a password in the environment',
    plant: replace(
      'namespaces/netcorp/deployment-netcorp-api.yaml',
      '          envFrom:\n',
      '          env:\n            - name: DATABASE_PASSWORD\n              value: hunter2\n          envFrom:\n',
    ),
  },
  {
    rule: 'no-clear-text-credential',
    mistake: 'a password in an address',
    plant: replace(
      'namespaces/netcorp/config-map.yaml',
      'LOG_LEVEL: info',
      'DATABASE_URL: postgres://netcorp:hunter2@postgre-rw.postgre.svc/netcorp',
    ),
  },
  {
    rule: 'sops-without-decryption',
    mistake: 'an encrypted Secret where nobody decrypts',
    plant: add(
      'namespaces/redis/extra.sops.yaml',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: extra\n  namespace: redis\nstringData:\n  password: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\n  lastmodified: "2026-01-01T00:00:00Z"\n  encrypted_regex: ^(data|stringData)$\n  version: 3.9.0\n',
    ),
  },
  {
    rule: 'sops-without-decryption',
    mistake: 'the Secrets of a cluster lose their decryption',
    plant: all(
      add(
        'clusters/production/secrets/extra.sops.yaml',
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: extra\n  namespace: redis\nstringData:\n  password: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\n  lastmodified: "2026-01-01T00:00:00Z"\n  encrypted_regex: ^(data|stringData)$\n  version: 3.9.0\n',
      ),
      replaceIn('production', 'cluster-secrets', / {2}decryption:\n {4}provider: sops\n {4}secretRef:\n {6}name: sops-age\n/, ''),
    ),
  },
  {
    rule: 'sops-in-order',
    mistake: 'a Secret whose metadata is encrypted too',
    plant: add(
      'clusters/production/secrets/extra.sops.yaml',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: extra\n  namespace: redis\n  labels:\n    tier: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\nstringData:\n  password: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\n  lastmodified: "2026-01-01T00:00:00Z"\n  version: 3.9.0\n',
    ),
  },
];
