import { BuildError } from './build';
import { keyOf, say } from './identity';
import type { Resource } from './resource';

/** The objects of a build, in the order in which they came. */
export class Resources {
  private listed: Resource[] = [];
  /** By what they are called now; made when needed, and anew after names may have changed. */
  private index: Map<string, Resource> | undefined;

  get all(): readonly Resource[] {
    return this.listed;
  }

  /**
   * Adds objects.
   *
   * @param file where they come from
   * @throws BuildError where one of them is there already
   */
  append(resources: readonly Resource[], file: string): void {
    const index = this.indexed();
    for (const resource of resources) {
      const known = index.get(resource.key);
      if (known) {
        const { path } = known.origin;
        throw new BuildError(
          'fails',
          file,
          `${say(resource.id)} is there twice: ${path === resource.origin.path ? 'in' : 'also in'} ${path}`,
        );
      }
      index.set(resource.key, resource);
      this.listed.push(resource);
    }
  }

  /** Looks again at names that may have changed. Throws `BuildError` where two objects have come to be called the same. */
  check(file: string): void {
    const resources = this.listed;
    this.listed = [];
    this.index = undefined;
    this.append(resources, file);
  }

  /** To be called after a name, namespace, kind or apiVersion may have changed. */
  renamed(): void {
    this.index = undefined;
  }

  keep(isKept: (resource: Resource) => boolean): void {
    this.listed = this.listed.filter(isKept);
    this.index = undefined;
  }

  replace(old: Resource, other: Resource): void {
    this.listed = this.listed.map((each) => (each === old ? other : each));
    this.index = undefined;
  }

  sort(compare: (one: Resource, other: Resource) => number): void {
    this.listed = [...this.listed].sort(compare);
  }

  /** Those that are called so, or were. */
  named(key: string): readonly Resource[] {
    return this.listed.filter((each) => each.key === key || each.formerIds.some((id) => keyOf(id) === key));
  }

  private indexed(): Map<string, Resource> {
    this.index ??= new Map(this.listed.map((each) => [each.key, each]));
    return this.index;
  }
}
