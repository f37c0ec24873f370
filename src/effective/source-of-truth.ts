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

  /** Its manifest. One that leaves its namespace to a kustomization.yaml counts for any. */
  find({ kind, name, namespace }: SourceReference): KubernetesObject | undefined {
    const named = this.raw.map(({ object }) => object).filter((object) => object.kind === kind && nameOf(object) === name);
    return named.find((object) => namespaceOf(object) === namespace) ?? named.find((object) => namespaceOf(object) === '');
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
  ignoreOf(reference: SourceReference | undefined): string | undefined {
    const object = reference && this.find(reference);
    return object && textOf(specOf(object), 'ignore');
  }

  private addressOf(reference: SourceReference): string | undefined {
    const object = this.find(reference);
    const url = object && textOf(specOf(object), 'url');
    return url === undefined ? undefined : addressIn(url);
  }
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
