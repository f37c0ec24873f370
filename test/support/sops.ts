/** A Secret as sops leaves it, but for its values: `name` in namespace ferry. */
export function encrypted(
  name: string,
  { field = 'stringData', regex = '^(data|stringData)$', age = ['age1qqqqqqqqqqqqqqqqqqqqqqqqqq'], labels = '' } = {},
): string {
  const recipients = age.map((one) => `{ recipient: ${one}, enc: x }`).join(', ');
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: ferry${labels} }
${field}: { password: 'ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]' }
sops:
  age: [${recipients}]
  encrypted_regex: ${JSON.stringify(regex)}
  mac: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]
  version: 3.9.0
`;
}

/** Flux Kustomization ferry, which decrypts by Secret sops-age. */
export const DECRYPTS = `# clusters/test/infrastructure.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ferry, namespace: flux-system }
spec:
  path: ./namespaces/ferry
  interval: 5m
  prune: false
  sourceRef: { kind: GitRepository, name: flux-system }
  decryption: { provider: sops, secretRef: { name: sops-age } }
`;
