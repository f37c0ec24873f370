import type { EffectiveObject, FluxKustomization } from '../../effective';
import type { Files } from '../../kustomize';
import { baseOf, folderOf, KUSTOMIZATION_NAMES } from '../folder';
import { contentOf, documentsOf, textOf } from '../kustomization-files';
import { defineRule, groupOf, isMap, listAt, mapAt, nameOf, textAt, type Violation } from '../rule';
import { few } from '../written-patches';

/** Names that nobody means: the transformer is there to replace them. */
const PLACEHOLDER = /^(_+|x+|not-?used|unused|none|dummy|name|placeholder|replaced?|change-?me|(.*-)?namespace)$/i;

/** A field that moves objects, and what it moved. */
interface Mover {
  readonly on: Violation['on'];
  /** `spec.targetNamespace` or `namespace`. */
  readonly at: string;
  readonly to: string;
}

/** An object, and the namespace or name that its file gives it. */
interface Moved {
  readonly one: EffectiveObject;
  readonly written: Readonly<Record<string, unknown>>;
}

/** Source: kustomize 5.8, api/filters/namespace: every namespace is set, Namespaces are renamed, references stay as they are. */
export const namespaceTransformer = defineRule({
  name: 'namespace-transformer',
  ids: ['F45'],
  claim: 'a namespace that is set over a whole build has one namespace to replace',
  because: 'objects of several namespaces end up in one, a Namespace gets another name, and what refers to them still says the old one',
  evidence: 'kustomize 5.8, api/filters/namespace; fluxcd/flux2#3949',
  severity: 'warning',
  fix: 'state the namespace in each object, and no namespace for all',

  *check(repository) {
    const written = new Written(repository.files);
    for (const { kustomizations } of repository.clusters) {
      for (const owner of kustomizations) for (const [mover, moved] of moves(owner, written)) yield* judged(owner, mover, moved);
    }
  },
});

/** What each transformer of a build moved; kustomize has them in any folder, Flux adds one of its own. */
function moves(owner: FluxKustomization, written: Written): ReadonlyMap<Mover, readonly Moved[]> {
  const movers = moversOf(owner, written);
  const found = new Map<Mover, Moved[]>(movers.map((mover) => [mover, []]));
  if (movers.length === 0) return found;
  for (const one of owner.objects) {
    const to = one.object.kind === 'Namespace' ? textAt(one.object, 'metadata', 'name') : textAt(one.object, 'metadata', 'namespace');
    const mover = movers.find((candidate) => candidate.to === to);
    const document = mover && written.document(one);
    if (mover && document) found.get(mover)?.push({ one, written: document });
  }
  return found;
}

function moversOf(owner: FluxKustomization, written: Written): readonly Mover[] {
  const target = textAt(owner.spec, 'targetNamespace');
  if (target !== undefined) return [{ on: owner, at: 'spec.targetNamespace', to: target }];
  return [...owner.reached]
    .filter((file) => KUSTOMIZATION_NAMES.some((name) => name === baseOf(file)))
    .flatMap((file) => {
      const to = written.namespaceOf(file);
      return to === undefined ? [] : [{ on: { file }, at: 'namespace', to }];
    });
}

/** Files as they were written, each read once. */
class Written {
  private readonly documents = new Map<string, readonly unknown[]>();
  private readonly namespaces = new Map<string, string | undefined>();

  constructor(private readonly files: Files) {}

  /** What a kustomization file sets for all. */
  namespaceOf(file: string): string | undefined {
    if (!this.namespaces.has(file)) this.namespaces.set(file, textAt(contentOf(this.files, file), 'namespace'));
    return this.namespaces.get(file);
  }

  /** The document that an object was, before anything changed it; undefined for one of a list, or that was generated. */
  document({ object, origin: { path, index } }: EffectiveObject): Moved['written'] | undefined {
    const documents = this.documents.get(path) ?? this.read(path);
    this.documents.set(path, documents);
    const document = documents[index];
    return isMap(document) && document['kind'] === object.kind ? document : undefined;
  }

  /** Most files say nothing of namespaces, and need not be read. */
  private read(path: string): readonly unknown[] {
    const made = this.files.objects?.(path);
    if (made) return made;
    const text = textOf(this.files, path) ?? '';
    return /^ {1,4}"?namespace"?:|^kind: *["']?Namespace|[{,] *"?namespace"?:|^ *["{]/m.test(text) ? (documentsOf(text) ?? []) : [];
  }
}

function* judged(owner: FluxKustomization, { on, at, to }: Mover, moved: readonly Moved[]): Iterable<Violation> {
  const renamed = moved.filter(
    ({ one, written }) => one.object.kind === 'Namespace' && isMeant(textAt(written, 'metadata', 'name'), to) && !isComponent(one),
  );
  const from = new Map<string, EffectiveObject>();
  for (const { one, written } of moved) {
    const namespace = one.object.kind === 'Namespace' ? undefined : textAt(written, 'metadata', 'namespace');
    if (namespace !== undefined && !PLACEHOLDER.test(namespace) && !from.has(namespace)) from.set(namespace, one);
  }
  const left = [...from.keys()].filter((namespace) => namespace !== to);
  const parts = [
    ...(renamed.length > 0
      ? [`Namespace ${few(renamed.map(({ written }) => textAt(written, 'metadata', 'name') ?? ''))} becomes ${to}`]
      : []),
    ...(from.size > 1 ? [`objects of ${few([...from.keys()].sort())} all end up in ${to}`] : []),
    ...dangling(owner, left),
  ];
  if (parts.length > 0)
    yield {
      on,
      at,
      found: parts.join('; '),
      fix: `remove it, and state the namespace in each object below ${folderOf(pathOf(on, owner)) || 'it'}`,
    };
}

function pathOf(on: Mover['on'], owner: FluxKustomization): string {
  return 'file' in on ? on.file : `${owner.path}/kustomization.yaml`;
}

function isMeant(name: string | undefined, to: string): boolean {
  return name !== undefined && name !== to && !PLACEHOLDER.test(name);
}

/** What a component brings along is there to be adapted. */
function isComponent({ origin }: EffectiveObject): boolean {
  return /(^|\/)components\//.test(origin.path);
}

/** Subjects of bindings that still name a ServiceAccount where it no longer is. */
function dangling(owner: FluxKustomization, left: readonly string[]): readonly string[] {
  if (left.length === 0) return [];
  const accounts = new Set(owner.objects.flatMap(({ object }) => (object.kind === 'ServiceAccount' ? [nameOf(object)] : [])));
  return owner.objects.flatMap(({ object }) => {
    if (groupOf(object) !== 'rbac.authorization.k8s.io') return [];
    const lost = listAt(object, 'subjects').find((subject) => {
      const { kind, namespace, name } = mapAt(subject);
      return (
        kind === 'ServiceAccount' &&
        typeof namespace === 'string' &&
        left.includes(namespace) &&
        !accounts.has(`ServiceAccount ${namespace}/${name}`)
      );
    });
    return lost === undefined ? [] : [`${nameOf(object)} still names ServiceAccount ${textAt(lost, 'namespace')}/${textAt(lost, 'name')}`];
  });
}
