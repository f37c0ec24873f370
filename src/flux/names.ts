import type { Construct } from 'constructs';
import { refuse } from './finding';

/** A DNS label, RFC 1123: what a namespace, a component and a cluster may be called. */
const LABEL = /^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** A DNS subdomain, RFC 1123: what most objects may be called. */
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Refuses what cannot name a component or a cluster. `what` says which, `file` where it is written. */
export function checkLabel(name: string, what: string, file: string): void {
  if (LABEL.test(name)) return;
  refuse({
    rule: 'invalid-name',
    file,
    what: `${JSON.stringify(name)} cannot name a ${what}`,
    where: `${what} ${JSON.stringify(name)}`,
    why: 'the name becomes a folder, a Flux Kustomization or a namespace; the API server refuses it as the latter two',
    fix: 'use lower-case letters, digits and dashes, at most 63 characters',
  });
}

/** Refuses what cannot name an object. RBAC alone allows more: `system:reader`. */
export function checkObjectName(name: string, apiVersion: string, kind: string, file: string): void {
  if (SUBDOMAIN.test(name) || (apiVersion.startsWith('rbac.authorization.k8s.io/') && name !== '')) return;
  refuse({
    rule: 'invalid-name',
    file,
    what: `${JSON.stringify(name)} cannot name an object`,
    where: `${kind} ${JSON.stringify(name)}, metadata.name`,
    why: 'the API server refuses it, and with it everything else of the same Flux Kustomization',
    fix: 'use lower-case letters, digits, dashes and dots, at most 253 characters',
  });
}

/** Refuses what cannot be a key of a Secret. */
export function checkSecretKey(key: string, secret: string, file: string): void {
  if (/^(?!\.\.?$)[-._a-zA-Z0-9]{1,253}$/.test(key)) return;
  refuse({
    rule: 'invalid-name',
    file,
    what: `${JSON.stringify(key)} cannot be a key of a Secret`,
    where: `this.secret('${secret}', …)`,
    why: 'the API server refuses the Secret, and with it everything else of cluster-secrets',
    fix: 'use letters, digits, dashes, underscores and dots, at most 253 characters',
  });
}

/**
 * Refuses an id that cannot become a file: one that is taken, that kustomize has a use for, that constructs would rewrite (`/`) or
 * would sort before all others (digits alone).
 */
export function checkId(scope: Construct, id: string, file: string): void {
  const problem = idProblem(scope, id);
  if (problem === undefined) return;
  refuse({
    rule: 'invalid-name',
    file,
    what: `${JSON.stringify(id)} cannot name a file here: ${problem}`,
    where: `construct ${JSON.stringify(id)} in ${scope.node.id}`,
    why: 'the id becomes the file and, unless metadata.name is given, the object',
    fix: 'use lower-case letters, digits and dashes, beginning with a letter, once in each folder',
  });
}

function idProblem(scope: Construct, id: string): string | undefined {
  if (!/^[a-z]([a-z0-9.-]*[a-z0-9])?$/.test(id)) return 'it is no file name of ours';
  if (/\.(template|sops)$/.test(id)) return 'so end the files of Secrets, which no rule reads and nobody removes';
  if (id === 'kustomization') return "kustomization.yaml is kustomize's own file";
  if (scope.node.tryFindChild(id)) return 'there is one already';
  return undefined;
}
