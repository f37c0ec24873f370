import type { Emitted } from './component-files';
import type { Deployed } from './deployed';
import type { Finding } from './finding';
import type { Patch } from './patch';
import { patchProblem } from './patch-effect';
import type { Reason } from './reasons';

/* What can be wrong with a deployment, as findings. */

/** Only the first patch of an object is judged: what a second one meets is what the first has made of it. */
export function patchFindings(deployed: Deployed, objects: readonly Emitted[]): readonly Finding[] {
  const patched = new Set<unknown>();
  return deployed.patches.flatMap((patch) => {
    const target: unknown = patch.target;
    const emitted = objects.find(({ construct }) => construct === target);
    if (!emitted || patched.has(patch.target)) return [];
    patched.add(patch.target);
    const problem = patchProblem(patch, emitted.object);
    return problem === undefined ? [] : [badPatch(deployed, patch, problem)];
  });
}

/** One finding for each variable that is used and has no value in the cluster. */
export function undefinedVariables(deployed: Deployed, used: ReadonlySet<string>): readonly Finding[] {
  const { cluster, component } = deployed;
  return [...used]
    .filter((name) => !Object.hasOwn(cluster.variables, name))
    .map((name) => ({
      rule: 'undefined-variable',
      file: component.sourceFile,
      what: `\${${name}} has no value in ${cluster.name}`,
      where: `${deployed.name} in ${cluster.name}`,
      why: 'Flux refuses to apply a Flux Kustomization that uses an undefined variable, and everything after it waits',
      fix: `add ${name} to the variables in ${cluster.sourceFile}; if it is not meant for Flux, write $\${${name}}`,
    }));
}

function badPatch(deployed: Deployed, { target, change }: Patch, problem: string): Finding {
  return {
    rule: 'patch-without-effect',
    file: deployed.cluster.sourceFile,
    what: `a patch (${change.operation}) of ${target.kind} ${target.name} does nothing: ${problem}`,
    where: `${deployed.name} in ${deployed.cluster.name}, patches`,
    why: 'kustomize says nothing of a patch without effect, and fails on a path that is not there',
    fix: 'remove the patch, or correct what it names',
  };
}

/** An edge that the manifests need and the cluster does not have. */
export function missingEdge(deployed: Deployed, other: Deployed, reasons: readonly Reason[]): Finding {
  const needed = reasons
    .filter(({ how }) => how === 'needs')
    .map(({ text }) => text)
    .join(', ');
  return {
    rule: 'missing-edge',
    file: deployed.component.sourceFile,
    what: `${deployed.name} needs ${needed} of ${other.name}, but does not wait for it`,
    where: `${deployed.name} in ${deployed.cluster.name}, dependsOn`,
    why: 'on an empty cluster the two race: the apply is refused, or a pod waits, until a retry happens to come later',
    fix: `add '${other.name}' to the needs of the component (its second type parameter) and to dependsOn`,
  };
}

/** A CRD or namespace that nothing in the cluster brings. */
export function unprovided(deployed: Deployed, thing: string): Finding {
  return {
    rule: 'nothing-provides',
    file: deployed.component.sourceFile,
    what: `${deployed.name} needs ${thing}, which nothing deployed in ${deployed.cluster.name} brings`,
    where: `${deployed.name} in ${deployed.cluster.name}`,
    why: 'the API server refuses its objects, so the whole Flux Kustomization never becomes ready',
    fix: 'deploy the component that brings it, and name what it brings in its `provides`',
  };
}

/** An edge that neither the manifests nor the component explain. */
export function noReason(deployed: Deployed, other: Deployed): Finding {
  return {
    rule: 'edge-without-reason',
    file: deployed.component.sourceFile,
    what: `nothing in ${deployed.name} shows why it waits for ${other.name}`,
    where: `${deployed.name} in ${deployed.cluster.name}, dependsOn ${other.name}`,
    why: 'an edge that nobody can explain is never removed, and each one makes the bootstrap slower',
    fix: `remove it, or say why in the component: because: { '${other.name}': '…' }`,
  };
}
