import { Construct } from 'constructs';
import type { Cluster } from './cluster';
import type { AnyComponent } from './component';
import type { Patch } from './patch';
import type { SecretRef } from './secret';

/** A component deployed to one cluster: a Flux Kustomization, and what `dependsOn` takes. */
export class Deployed<Name extends string = string> extends Construct {
  readonly name: Name;

  constructor(
    readonly cluster: Cluster,
    readonly component: AnyComponent & { readonly name: Name },
    readonly dependsOn: readonly Deployed[],
    readonly patches: readonly Patch[],
    readonly without: readonly SecretRef[],
  ) {
    super(cluster, component.name);
    this.name = component.name;
  }

  /** The Secrets it reads in this cluster. */
  get secrets(): readonly SecretRef[] {
    return this.component.secrets.filter((secret) => !this.without.includes(secret));
  }
}
