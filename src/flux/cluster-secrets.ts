import type { Secret } from '../../imports/k8s';
import type { Cluster } from './cluster';
import { type AnyComponent, Component } from './component';
import { kustomizationFile } from './component-files';
import { type Finding, Refused } from './finding';
import { header } from './header';
import type { KubernetesObject } from './manifest';
import type { FluxRepo } from './repo';
import type { SecretRef } from './secret';
import type { File } from './tree';
import { documents, toYaml } from './yaml';

/**
 * Every cluster's Secrets, `clusters/<cluster>/secrets/`: what the components declared, applied before any of them.
 * The one Flux Kustomization that decrypts.
 */
export class ClusterSecrets extends Component<'cluster-secrets'> {
  override readonly ownsFolder = false;

  constructor(repo: FluxRepo) {
    super(repo, 'cluster-secrets', {
      namespace: 'flux-system',
      sourceFile: 'src/components/index.ts', // what it holds is declared by the others
    });
  }
}

/** Whether a component is the one whose files each cluster keeps in its own folder. */
export function isClusterSecrets(component: AnyComponent): boolean {
  return component.name === 'cluster-secrets';
}

/** The Secrets that the components of a cluster read in it, in the order of its bootstrap. */
export function declaredSecrets(cluster: Cluster): readonly SecretRef[] {
  return cluster.deployed.flatMap((deployed) => deployed.secrets);
}

/** Where a cluster keeps a Secret, encrypted: `clusters/<cluster>/secrets/<namespace>.<name>.sops.yaml`. */
export function sopsPath(cluster: Cluster, secret: SecretRef): string {
  return `${cluster.directory}/secrets/${secret.namespace}.${secret.name}.sops.yaml`;
}

/**
 * The plain files of a cluster's secrets folder: the Namespaces that the Secrets need before their owners exist, and one
 * template without values for each Secret, to fill in and encrypt. Finding: a Secret in a namespace that nothing deploys.
 *
 * @param namespaces every Namespace that the cluster's components own, by name
 */
export function secretFiles(cluster: Cluster, namespaces: ReadonlyMap<string, KubernetesObject>): ReadonlyMap<string, File> {
  const folder = `${cluster.directory}/secrets`;
  const secrets = declaredSecrets(cluster);
  const head = header(`src/components, as ${cluster.sourceFile} deploys them`);
  const files = new Map<string, File>();
  const findings: Finding[] = [];
  const stubs: KubernetesObject[] = [];

  for (const [index, secret] of secrets.entries()) {
    const first = secrets.findIndex((other) => sopsPath(cluster, other) === sopsPath(cluster, secret));
    if (first < index) findings.push(declaredTwice(cluster, secret, secrets[first]));
  }
  for (const name of new Set(secrets.map((secret) => secret.namespace))) {
    const owner = namespaces.get(name);
    if (owner) stubs.push(stub(owner));
    else findings.push(noNamespace(cluster, name));
  }
  if (findings.length > 0) throw new Refused(findings);

  const list = kustomizationFile(['namespaces.yaml']);
  files.set(`${folder}/kustomization.yaml`, { text: `${head}${toYaml(list)}`, objects: [list], source: cluster.sourceFile });
  files.set(`${folder}/namespaces.yaml`, { text: `${head}${documents(stubs)}`, objects: stubs, source: cluster.sourceFile });
  for (const secret of secrets) {
    const template = secretTemplate(secret);
    const source = secret.sourceFile;
    const text = `${header(source)}${hint(cluster, secret)}${toYaml(template, new Map([[template.stringData, secret.origins]]))}`;
    files.set(`${folder}/${secret.namespace}.${secret.name}.template.yaml`, { text, objects: [template], source });
  }
  return files;
}

/** The age recipients of every cluster, for `sops` at the root of the repository. */
export function sopsConfig(clusters: readonly Cluster[]): string {
  const rules = clusters
    .filter((cluster) => cluster.ageRecipients.length > 0)
    .map((cluster) => ({
      path_regex: `^${cluster.directory}/secrets/.*\\.sops\\.yaml$`,
      encrypted_regex: '^(data|stringData)$',
      age: cluster.ageRecipients.join(','),
    }));
  const missing = clusters.filter((cluster) => cluster.ageRecipients.length === 0);
  const notes = missing.map(
    (cluster) => `# ${cluster.name} has no age recipient yet: name its public keys in ${cluster.sourceFile} (ageRecipients).\n`,
  );
  return `${notes.join('')}${toYaml({ creation_rules: rules })}`;
}

/** The owner's own Namespace, which Flux makes when it is missing and otherwise leaves alone, so that its owner keeps it. */
function stub(owner: KubernetesObject): KubernetesObject {
  const metadata: { readonly annotations?: object } = { ...owner.metadata };
  const annotations = {
    ...metadata.annotations,
    'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  };
  return { ...owner, metadata: { ...metadata, annotations } };
}

function secretTemplate(secret: SecretRef): Secret & { readonly stringData: Readonly<Record<string, string>> } {
  const labels = Object.keys(secret.labels).length > 0 ? { labels: secret.labels } : {};
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secret.name, namespace: secret.namespace, ...labels },
    type: secret.type,
    stringData: Object.fromEntries(secret.keys.map((key) => [key, ''])),
  };
}

function hint(cluster: Cluster, secret: SecretRef): string {
  const name = sopsPath(cluster, secret).split('/').at(-1);
  const optional = secret.optional === undefined ? '' : `# Optional: everything comes up without it. ${secret.optional}\n`;
  return `# The shape of a Secret, without its values: those belong, SOPS-encrypted, in ${name} beside it.\n${optional}`;
}

function declaredTwice(cluster: Cluster, secret: SecretRef, first: SecretRef | undefined): Finding {
  return {
    rule: 'secret-declared-twice',
    file: secret.sourceFile,
    what: `Secret ${secret.namespace}/${secret.name} is declared twice in ${cluster.name}, also in ${first?.sourceFile}`,
    where: `this.secret('${secret.name}', …)`,
    why: 'there is one file for it: one of the two declarations, and its keys, would be lost',
    fix: 'declare it once, and hand the SecretRef on as a prop',
  };
}

function noNamespace(cluster: Cluster, name: string): Finding {
  return {
    rule: 'secret-without-namespace',
    file: cluster.sourceFile,
    what: `Secrets of namespace ${name} are declared, but no component deployed here owns it`,
    where: `${cluster.name}, Namespace ${name}`,
    why: 'cluster-secrets comes first of all; a Secret whose namespace does not exist stops it, and everything waits for it',
    fix: `deploy the component that makes Namespace ${name}, or declare the Secret in another namespace`,
  };
}
