import { BuildError, type BuildResult, buildFolder, filesFrom, type KustomizationFile } from '../../src/kustomize';

/** Builds a folder of files that are written out here, by path. */
export function build(files: Readonly<Record<string, string>>, folder = 'app', kustomization?: KustomizationFile): BuildResult {
  return buildFolder(filesFrom(new Map(Object.entries(files))), folder, kustomization);
}

/** The objects of a build, in order. */
export function objectsOf(files: Readonly<Record<string, string>>, folder?: string, kustomization?: KustomizationFile): readonly unknown[] {
  return build(files, folder, kustomization).objects.map(({ object }) => object);
}

/** Why a build fails: `fails app/kustomization.yaml: …`. Throws where it does not. */
export function refusalOf(files: Readonly<Record<string, string>>, folder?: string, kustomization?: KustomizationFile): string {
  try {
    build(files, folder, kustomization);
  } catch (error) {
    if (error instanceof BuildError) return `${error.kind} ${error.file}: ${error.message}`;
    throw error;
  }
  throw new Error('it is built');
}

/** A ConfigMap, as text. */
export function configMap(name: string, more = ''): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`;
}
