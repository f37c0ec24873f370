import type { KubernetesObject } from '../flux';
import { fieldOf, textOf } from './fields';
import { nameOf, namespaceOf, specOf } from './flux-objects';
import type { RawObject } from './raw-objects';

/** Where a Flux Kustomization takes its files from. */
export interface SourceReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** The `sourceRef` of a Flux Kustomization; undefined where it is none. */
export function sourceRefOf(object: KubernetesObject, namespace = namespaceOf(object)): SourceReference | undefined {
  const reference = fieldOf(specOf(object), 'sourceRef');
  const kind = textOf(reference, 'kind');
  const name = textOf(reference, 'name');
  if (kind === undefined || name === undefined) return undefined;
  return { kind, name, namespace: textOf(reference, 'namespace') ?? namespace };
}

/** The sources of a repository, as their files have them. */
export class Sources {
  constructor(private readonly raw: readonly RawObject[]) {}

  /**
   * Its manifest. One that leaves its namespace to a kustomization.yaml counts for any.
   *
   * @param near a file of the cluster that is meant: each may have a source of the same name, beside what it is used by
   */
  find(reference: SourceReference, near = ''): KubernetesObject | undefined {
    const [first, ...others] = this.named(reference);
    if (!first) return undefined;
    return others.reduce((best, one) => (sharedSteps(one, near) > sharedSteps(best, near) ? one : best), first).object;
  }

  private named({ kind, name, namespace }: SourceReference): readonly RawObject[] {
    const named = this.raw.filter(({ object }) => object.kind === kind && nameOf(object) === name);
    const exact = named.filter(({ object }) => namespaceOf(object) === namespace);
    return exact.length > 0 ? exact : named.filter(({ object }) => namespaceOf(object) === '');
  }

  /**
   * Whether a source is this repository: the one that the root takes its own files from, or another of the same address.
   *
   * @param own what the root takes its files from, and its address where no manifest has it
   */
  isOwn(reference: SourceReference, own: SourceReference, ownUrl: string | undefined): boolean {
    if (reference.kind === own.kind && reference.name === own.name && reference.namespace === own.namespace) return true;
    const address = this.addressOf(reference);
    return address !== undefined && address === (this.addressOf(own) ?? (ownUrl === undefined ? undefined : addressIn(ownUrl)));
  }

  /** What the source leaves out of its artifact. */
  ignoreOf(reference: SourceReference | undefined, near = ''): string | undefined {
    const object = reference && this.find(reference, near);
    return object && textOf(specOf(object), 'ignore');
  }

  /** What all manifests of a source leave out; undefined where they do not agree, so that it depends on the cluster. */
  commonIgnoreOf(reference: SourceReference): string | undefined {
    const [first, ...others] = new Set(this.named(reference).map(({ object }) => textOf(specOf(object), 'ignore')));
    return others.length === 0 ? first : undefined;
  }

  private addressOf(reference: SourceReference): string | undefined {
    const object = this.find(reference);
    const url = object && textOf(specOf(object), 'url');
    return url === undefined ? undefined : addressIn(url);
  }
}

/** How many folders two files have in common. */
function sharedSteps({ origin }: RawObject, near: string): number {
  const steps = near.split('/').slice(0, -1);
  const own = origin.path.split('/').slice(0, -1);
  const differs = steps.findIndex((step, index) => step !== own[index]);
  return differs === -1 ? steps.length : differs;
}

/** `ssh://git@example.org/a.git`, `git@example.org:a` and `https://example.org/a/` are one address. */
function addressIn(url: string): string {
  const bare = url
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]*@/, '');
  return bare
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
