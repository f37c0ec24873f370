/** Cluster test, whose only Flux Kustomization, ferry, has these patches: `{ target: {…}, patch: '…' }`. */
export function patched(patches: string, objects: string): string {
  return `# clusters/test/infrastructure.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ferry, namespace: flux-system }
spec:
  path: ./namespaces/ferry
  interval: 5m
  prune: false
  sourceRef: { kind: GitRepository, name: flux-system }
  patches: [${patches}]
---
# namespaces/ferry/objects.yaml
${objects}`;
}

export const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ferry, namespace: ferry }
spec: { interval: 1h, values: { hosts: [north, south], replicas: 1 } }
`;

export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: ferry, namespace: ferry }
spec: { replicas: 1, template: { spec: { containers: [{ name: ferry, image: ferry:1 }, { name: mesh, image: mesh:1 }] } } }
`;
