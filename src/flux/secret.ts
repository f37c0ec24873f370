import { refuse } from './finding';

/**
 * Who makes the value of a key: any tool (`generated`), a person (`supplied`), nobody (`fixed`), or it is computed from another Secret
 * (`derived from postgre-app`). After a colon comes the form it must have: it stands in the template.
 */
export type Origin = 'generated' | 'supplied' | `${'generated' | 'supplied' | 'fixed'}: ${string}` | `derived from ${string}`;

export interface SecretProps {
  /** Namespace the Secret lives in. @default the component's */
  readonly namespace?: string;
  /** Kubernetes type; it is immutable, so a wrong one means delete and recreate. @default 'Opaque' */
  readonly type?: 'Opaque' | 'kubernetes.io/basic-auth' | 'kubernetes.io/dockerconfigjson' | 'kubernetes.io/tls';
  /** Labels that the consumer looks for. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Everything comes up without it, so nothing waits for it: what to do when it is supplied. @default it is required */
  readonly optional?: string;
}

/** A Secret that each cluster keeps SOPS-encrypted in `clusters/<cluster>/secrets/`: a name and its keys, never a value. */
export class SecretRef<Key extends string = string> {
  readonly keys: readonly Key[];
  readonly type: NonNullable<SecretProps['type']>;
  readonly labels: Readonly<Record<string, string>>;
  readonly optional: string | undefined;

  constructor(
    /** Name of the component that declares it, and the file it does so in. */
    readonly component: string,
    readonly sourceFile: string,
    readonly namespace: string,
    readonly name: string,
    /** Where each key's value comes from; it goes into the template as a comment. */
    readonly origins: Readonly<Record<Key, Origin>>,
    props: SecretProps = {},
  ) {
    this.keys = Object.keys(origins) as Key[];
    this.type = props.type ?? 'Opaque';
    this.labels = props.labels ?? {};
    this.optional = props.optional;
  }

  /** `{ name, key }`, as `secretKeyRef` and most charts take it. Throws on a key that was not declared. */
  key(key: Key): { readonly name: string; readonly key: Key } {
    return { name: this.name, key: this.nameOf(key) };
  }

  /** The key's own name, for fields that take the Secret's name apart. Throws on a key that was not declared. */
  nameOf(key: Key): Key {
    if (this.keys.includes(key)) return key;
    return refuse({
      rule: 'unknown-secret-key',
      file: this.sourceFile,
      what: `Secret ${this.namespace}/${this.name} has no key ${JSON.stringify(key)}`,
      where: `this.secret('${this.name}', …)`,
      why: 'the pod that reads the key would wait in CreateContainerConfigError, or start without a password',
      fix: `use one of ${this.keys.join(', ')}, or declare the key`,
    });
  }
}
