export {
  type Build,
  BuildError,
  type BuildResult,
  type BuiltObject,
  type KustomizationFile,
  type Origin,
  type PatchReport,
} from './build';
export { type Entry, type Files, filesFrom, Unreadable } from './files';
