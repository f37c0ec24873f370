import { Construct } from 'constructs';
import type { ClusterVariables } from '../variables';
import type { Acceptance, AnyComponent } from './component';
import { Deployed } from './deployed';
import { type Finding, Refused, refuse } from './finding';
import { checkId, checkLabel } from './names';
import type { Patch } from './patch';
import type { FluxRepo } from './repo';
import type { SecretRef } from './secret';
import { toYaml } from './yaml';

export interface ClusterProps {
  readonly variables: ClusterVariables;
  /**
   * Public age keys that may decrypt this cluster's Secrets: its own and a second one, kept offline. `age1…` each.
   * @default none: sops refuses to encrypt for this cluster until there is one
   */
  readonly ageRecipients?: readonly string[];
}

export interface DeployOptions {
  /** Changes that only this cluster makes to the component's manifests. */
  readonly patches?: readonly Patch[];
  /** Secrets of the component that this cluster does not need, because a patch removes their use. */
  readonly without?: readonly SecretRef[];
}

type NeedsOf<C extends AnyComponent> = C['_needs'];
type NamesIn<D extends readonly Deployed[]> = D[number]['name'];

/** Whether what stands in the list is known only when it runs: a list of any length, one of two lists, or an element of any or one of two names. */
type IsOpen<D extends readonly Deployed[]> = number extends D['length']
  ? true
  : IsUnion<D> | { readonly [Index in keyof D]: string extends D[Index]['name'] ? true : IsUnion<D[Index]['name']> }[number];

type IsUnion<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : never;

/** `dependsOn` as written or, where a need is missing, a sentence that no list is assignable to. */
type Complete<C extends AnyComponent, D extends readonly Deployed[]> =
  true extends IsOpen<D>
    ? 'write the list in place, without a choice, so that it can be checked'
    : [Exclude<NeedsOf<C>, NamesIn<D>>] extends [never]
      ? D
      : `${C['name']} needs ${Exclude<NeedsOf<C>, NamesIn<D>>}: add it to dependsOn`;

type DeployArguments<C extends AnyComponent, D extends readonly Deployed[]> = [NeedsOf<C>] extends [never]
  ? [options?: DeployOptions & { readonly dependsOn?: D }]
  : [options: DeployOptions & { readonly dependsOn: D & Complete<C, D> }];

/** One Flux installation: its variables, and the components it runs, in the order of its bootstrap. */
export class Cluster extends Construct {
  readonly name: string;
  readonly variables: ClusterVariables;
  readonly ageRecipients: readonly string[];
  readonly deployed: readonly Deployed[] = [];
  readonly accepted: readonly Acceptance[] = [];

  constructor(
    readonly repo: FluxRepo,
    name: string,
    props: ClusterProps,
  ) {
    checkLabel(name, 'cluster', 'src/clusters');
    checkId(repo.clusters, name, 'src/clusters');
    super(repo.clusters, name);
    this.name = name;
    this.variables = props.variables;
    this.ageRecipients = props.ageRecipients ?? [];
    const findings = Object.entries(props.variables).flatMap(([key, value]) => checkVariable(this.sourceFile, key, value));
    if (findings.length > 0) throw new Refused(findings);
  }

  /** Folder of the cluster's own files. */
  get directory(): string {
    return `clusters/${this.name}`;
  }

  /** The file an author changes to change this cluster. */
  get sourceFile(): string {
    return `src/clusters/${this.name}.ts`;
  }

  /**
   * Adds the Flux Kustomization of `component` to `clusters/<name>/infrastructure.yaml`.
   *
   * @returns the only thing that `dependsOn` takes, so a cycle cannot be written
   */
  deploy<C extends AnyComponent, const D extends readonly Deployed[] = readonly []>(
    component: C,
    ...[options]: DeployArguments<C, D>
  ): Deployed<C['name']> {
    this.check(component, options ?? {});
    const deployed = new Deployed<C['name']>(this, component, options?.dependsOn ?? [], options?.patches ?? [], options?.without ?? []);
    (this.deployed as Deployed[]).push(deployed);
    return deployed;
  }

  /**
   * Lets anything in this cluster break a rule, for a reason that holds in this cluster. A finding once nothing breaks it.
   *
   * @param until the last day on which it holds, `2027-01-31`; for ever where none is given
   */
  accept(rule: string, because: string, until?: string): void {
    (this.accepted as Acceptance[]).push({ rule, because, until });
  }

  private check(
    component: AnyComponent,
    { dependsOn = [], patches = [], without = [] }: DeployOptions & { readonly dependsOn?: readonly Deployed[] },
  ): void {
    if (this.deployed.some((other) => other.name === component.name)) {
      refuse({
        rule: 'deployed-twice',
        file: this.sourceFile,
        what: `${component.name} is deployed twice`,
        where: `cluster.deploy(components.${component.name}, …)`,
        why: 'two Flux Kustomizations of one name: the second would replace the first, and its patches with it',
        fix: 'keep one of the two lines',
      });
    }
    for (const other of dependsOn) {
      if (other.cluster === this) continue;
      refuse({
        rule: 'foreign-dependency',
        file: this.sourceFile,
        what: `${component.name} waits for ${other.name} of cluster ${other.cluster.name}`,
        where: `cluster.deploy(${component.name}), dependsOn`,
        why: 'Flux looks for it in its own cluster, and waits for ever',
        fix: `use what this cluster's own deploy(${other.name}) returned`,
      });
    }
    for (const { target } of patches) {
      if (target.component === component) continue;
      refuse({
        rule: 'foreign-patch',
        file: this.sourceFile,
        what: `a patch of ${component.name} changes ${target.kind} ${target.name} of ${target.component.name}`,
        where: `cluster.deploy(${component.name}), patches`,
        why: 'a Flux Kustomization patches only what it builds: the patch would match nothing, without a word',
        fix: `move it to the deployment of ${target.component.name}`,
      });
    }
    for (const secret of without) {
      if (component.secrets.includes(secret)) continue;
      refuse({
        rule: 'foreign-secret',
        file: this.sourceFile,
        what: `${component.name} is deployed without Secret ${secret.namespace}/${secret.name}, which it never had`,
        where: `cluster.deploy(${component.name}), without`,
        why: 'the Secret would still be asked for by the component that declares it',
        fix: `move it to the deployment of ${secret.component}`,
      });
    }
  }
}

/** A value is pasted into YAML as text, so it must not be able to change the structure it lands in. */
function checkVariable(file: string, name: string, value: unknown): readonly Finding[] {
  const where = `variables.${name}`;
  const why = 'Flux pastes the value into the YAML text of every manifest that uses it';
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) {
    return [
      {
        rule: 'variable-name',
        file,
        what: `${JSON.stringify(name)} cannot name a variable`,
        where,
        why: 'Flux substitutes only ${NAME} of letters, digits and underscores',
        fix: 'use upper-case letters, digits and underscores',
      },
    ];
  }
  if (typeof value !== 'string') {
    return [
      {
        rule: 'variable-value',
        file,
        what: `${name} is ${value === undefined ? 'missing' : `a ${typeof value}`}`,
        where,
        why: 'a ConfigMap holds strings only, and a missing value stops every Flux Kustomization that uses it',
        fix: `give ${name} a string`,
      },
    ];
  }
  if (/[\n\r]/.test(value)) {
    return [
      {
        rule: 'variable-value',
        file,
        what: `${name} holds a line break`,
        where,
        why: `${why}: the rest of the value would become a line of its own`,
        fix: 'use one line, or a patch',
      },
    ];
  }
  if (value.includes('${')) {
    return [
      {
        rule: 'variable-value',
        file,
        what: `${name} refers to another variable`,
        where,
        why: 'Flux substitutes once: the inner reference would stay as it is',
        fix: 'write the value out',
      },
    ];
  }
  if (value !== '' && toYaml([value]) !== `- ${value}\n`) {
    return [
      {
        rule: 'variable-value',
        file,
        what: `${name} is ${JSON.stringify(value)}, which YAML reads as something else than that text`,
        where,
        why,
        fix: 'give text that needs no quotes: kustomize takes ours away before Flux pastes the value',
      },
    ];
  }
  return [];
}
