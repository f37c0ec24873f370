export {
  type Build,
  BuildError,
  type BuildResult,
  type BuiltObject,
  type KustomizationFile,
  type Origin,
  type PatchReport,
} from './build';
export { buildFolder } from './build-folder';
export { documents, type FileObject, type LineOf, linesOf } from './documents';
export { type Entry, type Files, filesFrom, Unreadable } from './files';
export { YamlError } from './yaml-error';
