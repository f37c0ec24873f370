import type { KubernetesObject } from '../flux';
import { fieldOf, isMap, textOf } from './fields';

/** A Flux Kustomization, the custom resource. */
export function isFluxKustomization({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'Kustomization' && groupIs(apiVersion, 'kustomize.toolkit.fluxcd.io');
}

export function isFluxInstance({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'FluxInstance' && groupIs(apiVersion, 'fluxcd.controlplane.io');
}

/** What a Flux Kustomization can take files from. */
export function isSource({ apiVersion, kind }: KubernetesObject): boolean {
  return isSourceKind(kind) && groupIs(apiVersion, 'source.toolkit.fluxcd.io');
}

export function isSourceKind(kind: string): boolean {
  return SOURCES.has(kind);
}

const SOURCES: ReadonlySet<string> = new Set(['GitRepository', 'OCIRepository', 'Bucket']);

function groupIs(apiVersion: unknown, group: string): boolean {
  return typeof apiVersion === 'string' && apiVersion.startsWith(`${group}/`);
}

export function nameOf(object: KubernetesObject): string {
  return textOf(object, 'metadata', 'name') ?? '';
}

/** Its namespace; '' where it has none. */
export function namespaceOf(object: KubernetesObject): string {
  return textOf(object, 'metadata', 'namespace') ?? '';
}

export function specOf(object: KubernetesObject): Readonly<Record<string, unknown>> {
  const spec = fieldOf(object, 'spec');
  return isMap(spec) ? spec : {};
}
