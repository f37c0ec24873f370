import { annotated, withPlainAnnotations } from './annotations';
import { type Build, BuildError, type BuildResult, type KustomizationFile, type PatchReport } from './build';
import { built, isKubernetesObject } from './built-object';
import { contentHash } from './content-hash';
import { missingOf } from './documents';
import { FieldError } from './field-path';
import { isRemote, joined, Reader } from './folder';
import { absorb, GeneratorError, generate } from './generators';
import { type Kustomization, readKustomization, saysNothing, unsupportedIn } from './kustomization';
import { KustomizationError, type Manner } from './kustomization-reader';
import { nameOf, rename } from './names';
import { BrokenReference, followReferences } from './references';
import { Resource } from './resource';
import { Resources } from './resources';
import { orderOf } from './sort';
import { preparedPatches, transform } from './transformers';
import { fieldOf, isList, valueAt } from './value';

const ORIGIN = 'config.kubernetes.io/origin';

/**
 * What `kustomize build` prints for a folder, load restrictions off; remote bases, charts and plugins are not followed.
 *
 * Objects that nothing changes come out as they are in the files. What Flux drops when it reads the result is not in it: objects without
 * apiVersion or name, and kustomize's own.
 *
 * @param kustomization used in place of the folder's own file, and read as leniently as Flux does
 * @throws BuildError
 */
export const buildFolder: Build = (files, folder, kustomization) => new FolderBuild(new Reader(files)).run(folder, kustomization);

/** Folders that one build enters, counted each time: forty files of two lines that list each other twice would make it 2^40. */
const MAX_FOLDERS = 10_000;

/** A kustomization file on its way through a build. */
interface Target {
  readonly folder: string;
  readonly file: string;
  readonly kustomization: Kustomization;
  /** As it was read, for what reports show. */
  readonly written: unknown;
}

class FolderBuild {
  private readonly reports: PatchReport[] = [];
  /** Whether objects say where they come from, as `buildMetadata` of the first file asks. */
  private tellsOrigin = false;
  private root = '';
  private entered = 0;

  constructor(private readonly reader: Reader) {}

  run(folder: string, given: KustomizationFile | undefined): BuildResult {
    if (!this.reader.isFolder(folder)) throw new BuildError('fails', folder, 'there is no such folder');
    const target = given === undefined ? this.load(folder) : this.from(given, folder);
    this.root = folder;
    this.tellsOrigin = target.kustomization.buildMetadata.includes('originAnnotations');
    const resources = new Resources();
    this.accumulate(target, [folder], resources);
    this.finish(resources, target);
    const objects = resources.all.flatMap((resource) => {
      resource.object = withPlainAnnotations(resource.object);
      return isApplied(resource) ? [built(resource)] : [];
    });
    return { objects, patches: this.reports, reached: this.reader.reached };
  }

  /** What comes last, and once: hashes in names, then the references that follow all changes of names. */
  private finish(resources: Resources, { file, kustomization }: Target): void {
    for (const resource of resources.all) if (resource.hashed) rename(resource, `${nameOf(resource)}-${contentHash(resource.object)}`);
    try {
      followReferences(resources.all);
    } catch (error) {
      if (error instanceof BrokenReference) throw new BuildError('fails', error.referrer.origin.path, error.message);
      throw error;
    }
    for (const { object, origin } of resources.all) {
      const missing = missingOf(object);
      if (missing !== undefined) throw new BuildError('fails', origin.path, `${missing} once it is built`);
      const annotations = valueAt(object, 'metadata', 'annotations');
      if (isList(annotations) && annotations.length % 2 === 1) throw new BuildError('fails', origin.path, 'annotations are a list');
    }
    resources.keep(({ annotations }) => ['false', undefined].includes(annotations.get('config.kubernetes.io/local-config')));
    const order = orderOf(kustomization.sortOptions);
    if (order) resources.sort(order);
    if (!['', 'fifo', 'legacy'].includes(kustomization.sortOptions?.order ?? '')) {
      throw new BuildError('fails', file, 'sortOptions.order is neither fifo nor legacy');
    }
  }

  private load(folder: string): Target {
    const file = this.reader.kustomizationFile(folder);
    if (file === undefined) throw new BuildError('fails', folder, 'there is no kustomization.yaml');
    const written = this.reader.kustomization(file);
    const target = this.target(written, folder, file, 'strict');
    if (saysNothing(written)) throw new BuildError('fails', file, 'the kustomization file says nothing');
    return target;
  }

  private from(given: KustomizationFile, folder: string): Target {
    const file = this.reader.kustomizationFile(folder);
    if (file !== undefined) this.reader.reached.add(file);
    return this.target(given, folder, file ?? joined(folder, 'kustomization.yaml') ?? 'kustomization.yaml', 'lenient');
  }

  private target(written: unknown, folder: string, file: string, manner: Manner): Target {
    try {
      const kustomization = readKustomization(written, manner);
      const unsupported = unsupportedIn(kustomization);
      if (unsupported !== undefined) throw new BuildError('unsupported', file, unsupported);
      return { folder, file, kustomization, written };
    } catch (error) {
      if (error instanceof KustomizationError) throw new BuildError('fails', file, error.message);
      throw error;
    }
  }

  /**
   * Adds to `resources` what a kustomization file makes: files and folders, what is generated, components, and then its transformers over
   * all of them. A component gets what its parent has so far.
   *
   * @param visited the folders on the way here
   */
  private accumulate(target: Target, visited: readonly string[], resources: Resources): void {
    const { kustomization, file } = target;
    for (const path of [...kustomization.resources, ...kustomization.bases]) this.resource(path, target, visited, resources);
    const patches = preparedPatches(
      kustomization,
      target.written,
      file,
      (path) => this.text(path, target),
      (text) => this.reader.patch(text),
    );
    this.generate(target, resources);
    for (const path of kustomization.components) {
      const component = this.enter(path, target, visited);
      if (component.kustomization.kind !== 'Component')
        throw new BuildError('fails', component.file, 'components takes folders of kind Component');
      this.accumulate(component, [...visited, component.folder], resources);
      resources.check(component.file);
    }
    transform(resources, kustomization, patches, file, this.reports);
  }

  private resource(path: string, target: Target, visited: readonly string[], resources: Resources): void {
    if (isRemote(path)) {
      const place = joined(target.folder, path);
      if (place === undefined || this.reader.read(place) === undefined) {
        throw new BuildError('unsupported', target.file, `${path} is in another repository, or on the web: it is not fetched`);
      }
    }
    const place = joined(target.folder, path);
    const objects = place === undefined ? undefined : this.reader.objects(place);
    if (place !== undefined && objects !== undefined) {
      const made = objects.map(({ object, index }) => {
        const said = this.tellsOrigin ? annotated(object, ORIGIN, `path: ${this.fromRoot(place)}\n`) : object;
        return new Resource(said, { path: place, index });
      });
      resources.append(made, place);
      return;
    }
    const base = this.enter(path, target, visited);
    if (base.kustomization.kind === 'Component') {
      throw new BuildError('fails', target.file, `${path} is a Component: it belongs under components, not under resources`);
    }
    const inside = new Resources();
    this.accumulate(base, [...visited, base.folder], inside);
    resources.append(inside.all, target.file);
  }

  private enter(path: string, { folder, file }: Target, visited: readonly string[]): Target {
    if (path === '') throw new BuildError('fails', file, 'a path is empty');
    if (isRemote(path)) throw new BuildError('unsupported', file, `${path} is in another repository: it is not fetched`);
    const place = joined(folder, path);
    if (place === undefined) throw new BuildError('fails', file, `${path} leads out of the repository`);
    if (!this.reader.isFolder(place)) throw new BuildError('fails', file, `there is no ${path}`);
    if (++this.entered > MAX_FOLDERS) throw new BuildError('unsupported', file, `the build enters more than ${MAX_FOLDERS} folders`);
    const above = visited.find((each) => place === '' || each === place || each.startsWith(`${place}/`));
    if (above !== undefined) throw new BuildError('fails', file, `${path} is a cycle: it contains ${above || 'the root'}, which led here`);
    return this.load(place);
  }

  private generate({ kustomization, file }: Target, resources: Resources): void {
    const { generatorOptions, configMapGenerator, secretGenerator } = kustomization;
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    const load = (path: string): string => this.text(path, { folder, file });
    const origin = { path: file, index: 0 };
    try {
      const made = [
        ...configMapGenerator.map((entry) => ['ConfigMap', entry] as const),
        ...secretGenerator.map((entry) => ['Secret', entry] as const),
      ];
      for (const [kind, entry] of made) {
        const resource = generate(kind, entry, generatorOptions, origin, load);
        if (this.tellsOrigin) {
          const by = `configuredIn: ${this.fromRoot(file)}\nconfiguredBy:\n  apiVersion: builtin\n  kind: ${kind}Generator\n`;
          resource.object = annotated(resource.object, ORIGIN, by);
        }
        absorb(resources, resource, file);
      }
    } catch (error) {
      if (error instanceof GeneratorError || error instanceof FieldError) throw new BuildError('fails', file, error.message);
      throw error;
    }
  }

  /** The text of a file that a kustomization file names. */
  private text(path: string, { folder, file }: Pick<Target, 'folder' | 'file'>): string {
    if (/^https?:\/\//.test(path)) throw new BuildError('unsupported', file, `${path} is on the web: it is not fetched`);
    const place = joined(folder, path);
    const text = place === undefined ? undefined : this.reader.read(place);
    if (text === undefined) throw new BuildError('fails', file, `there is no file ${path}`);
    return text;
  }

  /** A path as seen from the folder that is built. */
  private fromRoot(path: string): string {
    const from = this.root === '' ? [] : this.root.split('/');
    const to = path.split('/');
    let common = 0;
    while (common < from.length && from[common] === to[common]) common++;
    return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
  }
}

/** Flux drops silently what names no object, and kustomization files that were listed as resources. */
function isApplied({ object }: Resource): boolean {
  if (!isKubernetesObject(object)) return false;
  const name = valueAt(object, 'metadata', 'name');
  if (object.apiVersion === '' || object.kind === '' || typeof name !== 'string' || name === '') return false;
  return object.kind.toLowerCase() !== 'kustomization' || !String(fieldOf(object, 'apiVersion')).startsWith('kustomize.config.k8s.io/');
}
