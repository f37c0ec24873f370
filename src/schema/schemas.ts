import { type ChartQuestion, chartProblems, whyUnknown } from './chart-values';
import { definedKind, fileOfCrds } from './crd';
import { withDefaults } from './defaults';
import { isMap, isText, type JsonMap, listIn } from './json';
import type { SchemaProblem } from './problem';
import { brokenRules } from './rules';
import { contentOf, type LoadSchema, SchemaFile } from './schema-file';
import type { Resolve, SchemaNode } from './schema-node';
import { Structure } from './structure';
import { meant } from './suggestion';
import { quoted } from './wording';

/** An object as far as it names itself. */
interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
}

/**
 * Schemas of kinds and of the values of charts; each file is loaded when something in it is first asked for. Of what has no schema nothing is
 * said: `undefined`, never an empty list.
 */
export class Schemas {
  /** What was found of an object: clusters often share it. */
  private readonly seen = new WeakMap<object, readonly SchemaProblem[]>();

  private constructor(
    private readonly load: LoadSchema,
    private readonly files: Map<string, SchemaFile | undefined>,
    /** Kinds of the checked tree's own CRDs, by group. */
    private readonly own: ReadonlyMap<string, SchemaFile>,
  ) {}

  /** @param load gives the text of a file of imports/schemas, by its path in there */
  static from(load: LoadSchema): Schemas {
    return new Schemas(load, new Map(), new Map());
  }

  /** The same, and the kinds of these CRDs besides; of a kind that was known before they tell more truly what the cluster takes. */
  withCrds(crds: Iterable<unknown>): Schemas {
    const groups = new Map<string, NonNullable<ReturnType<typeof definedKind>>[]>();
    for (const crd of crds) {
      const defined = definedKind(crd);
      if (!defined) continue;
      const known = groups.get(defined.group);
      if (known) known.push(defined);
      else groups.set(defined.group, [defined]);
    }
    const own = [...groups].map(([group, kinds]) => [group, new SchemaFile(fileOfCrds(kinds), this.elsewhere)] as const);
    return new Schemas(this.load, this.files, new Map([...this.own, ...own]));
  }

  /** Versions in which the API server takes a kind; undefined where the kind is not known. `group` is '' for the core. */
  versionsOf(group: string, kind: string): readonly string[] | undefined {
    return this.fileOf(group, kind)?.versions(kind);
  }

  /** Whether every kind of a group is known: that of Kubernetes' own groups. `group` is '' for the core. */
  knowsAllOf(group: string): boolean {
    return this.file(group || 'core')?.isOfKubernetes ?? false;
  }

  /** The kind of a group that was probably meant; undefined where none is near. */
  nearestKind(group: string, kind: string): string | undefined {
    return meant(kind, this.file(group || 'core')?.kinds ?? []);
  }

  /** Whether objects of a custom kind have a namespace; undefined where it is not known. */
  scopeOf(group: string, kind: string): 'Namespaced' | 'Cluster' | undefined {
    const scope = this.fileOf(group, kind)?.scope(kind);
    return scope === 'Namespaced' || scope === 'Cluster' ? scope : undefined;
  }

  /**
   * Whether objects of a kind begin with a `status.observedGeneration` that no controller has written, so that nobody takes them for ready
   * before their controller came by; undefined where the kind is not known.
   */
  beginsUnobserved(apiVersion: string, kind: string): boolean | undefined {
    const [group, version] = split(apiVersion);
    const found = this.fileOf(group, kind)?.kind(kind);
    return found && listIn(found, 'observed').filter(isText).includes(version);
  }

  /** What is wrong with an object; undefined where its kind, or this version of it, has no schema. */
  validate(object: Named): readonly SchemaProblem[] | undefined {
    const [group, version] = split(object.apiVersion);
    const file = this.fileOf(group, object.kind);
    const schema = file?.schema(version, object.kind);
    if (!file || !schema) return undefined;
    const problems = this.seen.get(object) ?? this.problemsOf(object, file, schema);
    this.seen.set(object, problems);
    return problems;
  }

  private problemsOf(object: Named, file: SchemaFile, schema: SchemaNode): readonly SchemaProblem[] {
    const { apiVersion: _, kind, metadata, ...fields } = object;
    const complete = file.isOfKubernetes ? fields : withDefaults(schema, fields);
    const show = kind === 'Secret' ? () => 'the value' : quoted;
    const structure = new Structure({ nullIsMissing: file.isOfKubernetes, emptyIsMissing: file.isOfKubernetes, show });
    structure.visit(schema, complete, '');
    const problems = [...this.inMetadata(schema, metadata), ...structure.problems];
    // The API server does not look at rules while the form is wrong: they would speak of fields that are not there.
    if (problems.some((problem) => FORM.has(problem.kind))) return problems;
    const whole = { ...object, ...asMap(complete) };
    return [...problems, ...structure.ruled.flatMap((each) => [...brokenRules(each.at === '' ? { ...each, value: whole } : each)])];
  }

  /** What is wrong with the values of a chart; undefined where `whyNoValues` says why. */
  validateValues(chart: string, version: string | undefined, values: unknown, repository?: string): readonly SchemaProblem[] | undefined {
    const file = this.file(`charts/${chart}`);
    if (!file || whyUnknown(file.about, { chart, version, repository }) !== undefined) return undefined;
    return chartProblems(file, values);
  }

  /** Why nothing can be said of a chart's values, in a sentence without its full stop; undefined where something can. */
  whyNoValues(chart: string, version: string | undefined, repository?: string): string | undefined {
    const question: ChartQuestion = { chart, version, repository };
    return whyUnknown(this.file(`charts/${chart}`)?.about, question);
  }

  /** Whether Helm itself refuses values of the wrong type: the chart brings a schema. */
  chartChecksValues(chart: string): boolean {
    return this.file(`charts/${chart}`)?.about['checked'] === true;
  }

  /** Metadata is the same for all kinds, but that a CRD may ask more of a name. */
  private inMetadata(schema: SchemaNode, metadata: object | undefined): readonly SchemaProblem[] {
    if (metadata === undefined) return [];
    const structure = new Structure({ nullIsMissing: true, emptyIsMissing: true, show: quoted });
    const known = this.elsewhere('meta#v1.ObjectMeta');
    if (known) structure.visit(known, metadata, 'metadata');
    const further = schema.property('metadata');
    if (further) structure.demand(further, metadata, 'metadata');
    return structure.problems;
  }

  /** The file that knows a kind: the checked tree's own CRDs, ours, or Kubernetes'. */
  private fileOf(group: string, kind: string): SchemaFile | undefined {
    const own = this.own.get(group);
    return own?.kind(kind) ? own : this.file(group || 'core');
  }

  private readonly elsewhere: Resolve = (reference) => {
    const mark = reference.indexOf('#');
    return this.file(reference.slice(0, mark))?.definition(reference.slice(mark + 1));
  };

  private file(name: string): SchemaFile | undefined {
    return this.read(`${name}.json`, false) ?? this.read(`kubernetes/${name}.json`, true);
  }

  private read(path: string, isOfKubernetes: boolean): SchemaFile | undefined {
    if (this.files.has(path)) return this.files.get(path);
    // A group is text of an object that anybody wrote: it must not lead out of the folder.
    const content = /^[a-z0-9./-]+$/.test(path) && !path.includes('..') ? contentOf(this.load(path)) : undefined;
    const file = content && new SchemaFile(content, this.elsewhere, isOfKubernetes);
    this.files.set(path, file);
    return file;
  }
}

/** Problems that keep the API server from looking at rules. Source: k8s.io/apiextensions-apiserver, pkg/registry/customresource/strategy.go. */
const FORM: ReadonlySet<string> = new Set(['type', 'format', 'required', 'enum', 'range', 'unknown-field']);

function split(apiVersion: string): readonly [group: string, version: string] {
  const slash = apiVersion.lastIndexOf('/');
  return [apiVersion.slice(0, Math.max(slash, 0)), apiVersion.slice(slash + 1)];
}

function asMap(value: unknown): JsonMap {
  return isMap(value) ? value : {};
}
