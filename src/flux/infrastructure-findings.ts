import type { Emitted } from './component-files';
import type { Deployed } from './deployed';
import type { Finding } from './finding';
import type { KubernetesObject } from './manifest';
import type { Patch } from './patch';
import { applyPatch, type Effect } from './patch-effect';
import type { Reason } from './reasons';

/* What can be wrong with a deployment, as findings. */

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
      fix: `add ${name} to src/variables.ts and to the variables of each cluster; if it is not meant for Flux, write $\${${name}}`,
    }));
}

/** A `${` that Flux's substitution stumbles over. */
export function unreadableVariable(deployed: Deployed, text: string): Finding {
  return {
    rule: 'unreadable-variable',
    file: deployed.component.sourceFile,
    what: `Flux reads a variable at ${JSON.stringify(text)}, and cannot`,
    where: `${deployed.name} in ${deployed.cluster.name}`,
    why: 'the Flux Kustomization is substituted as a whole, and fails to build',
    fix: 'write `$${` for a `${` that is not meant for Flux; a variable is `${NAME}` or `${NAME:-default}`',
  };
}

/** What is wrong with a deployment's patches, and what each of them meets. */
export interface PatchOutcome {
  readonly findings: readonly Finding[];
  /** What each patch finds, as far as it is known. */
  readonly before: ReadonlyMap<Patch, KubernetesObject>;
}

/** The patches of a deployment, applied one after the other: each must hit its object alone, and change something. */
export function patchOutcome(deployed: Deployed, objects: readonly Emitted[]): PatchOutcome {
  const now = new Map<Emitted, Effect | 'omitted'>();
  const found = new Map<Patch, KubernetesObject>();
  const findings = deployed.patches.flatMap((patch) => {
    const target: unknown = patch.target;
    const emitted = objects.find(({ construct }) => construct === target);
    if (!emitted) return [badPatch(deployed, patch, 'no object here made it')];
    const before = now.get(emitted) ?? { object: emitted.object, exact: true };
    if (before === 'omitted') return [badPatch(deployed, patch, 'an earlier patch leaves the object out')];
    if ('problem' in before) return [];
    found.set(patch, before.object);
    if (!before.exact) return [];
    const others = objects.filter((other) => other !== emitted && isHitBy(patch, other));
    if (others.length > 0) return [ambiguousPatch(deployed, patch, others)];
    const after = applyPatch(patch, before.object, isCustom(emitted.object.apiVersion));
    now.set(emitted, patch.change.operation === 'omit' ? 'omitted' : after);
    return 'problem' in after ? [badPatch(deployed, patch, after.problem)] : [];
  });
  return { findings, before: found };
}

/** kustomize selects by kind, name and namespace; no namespace means any. */
function isHitBy({ target }: Patch, { object, construct }: Emitted): boolean {
  if (object.kind !== target.kind || construct.name !== target.name) return false;
  return target.namespace === undefined || namespaceOf(object) === target.namespace;
}

function namespaceOf({ metadata }: KubernetesObject): unknown {
  return metadata && 'namespace' in metadata ? metadata.namespace : undefined;
}

/** Whether kustomize has no schema of the kind, and so replaces its lists whole: it knows those of Kubernetes itself. */
function isCustom(apiVersion: string): boolean {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return group.includes('.') && (!group.endsWith('.k8s.io') || group.startsWith('gateway.'));
}

/** A patch that does nothing, or that kustomize would fail on. */
export function badPatch(deployed: Deployed, { target, change }: Patch, problem: string): Finding {
  return {
    rule: 'patch-without-effect',
    file: deployed.cluster.sourceFile,
    what: `a patch (${change.operation}) of ${target.kind} ${target.name} does nothing: ${problem}`,
    where: `${deployed.name} in ${deployed.cluster.name}, patches`,
    why: 'kustomize says nothing of a patch without effect, and fails on a path that is not there',
    fix: 'remove the patch, or correct what it names',
  };
}

function ambiguousPatch(deployed: Deployed, { target }: Patch, others: readonly Emitted[]): Finding {
  return {
    rule: 'ambiguous-patch',
    file: deployed.cluster.sourceFile,
    what: `a patch of ${target.kind} ${target.name} would change ${others.map(({ path }) => path).join(' and ')} too`,
    where: `${deployed.name} in ${deployed.cluster.name}, patches`,
    why: 'kustomize selects by kind, name and namespace, and by no more: the other object would be changed without a word',
    fix: 'give the two objects different names, or put them into different components',
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
    fix: isMisplaced(deployed, reasons)
      ? 'move it into a component of its own, which extends Monitoring'
      : `add '${other.name}' to the needs of the component (its second type parameter) and to dependsOn`,
  };
}

/** Whether what is needed is the CRD of a monitor, in a component that is none for monitors. */
function isMisplaced({ component }: Deployed, reasons: readonly Reason[]): boolean {
  return component.wait && reasons.some(({ text }) => /^(ServiceMonitor|PodMonitor|PrometheusRule)$/.test(text));
}

/** A CRD or namespace that nothing in the cluster brings. */
export function unprovided(deployed: Deployed, thing: string): Finding {
  return {
    rule: 'nothing-provides',
    file: deployed.component.sourceFile,
    what: `${deployed.name} needs ${thing}, which nothing deployed in ${deployed.cluster.name} brings`,
    where: `${deployed.name} in ${deployed.cluster.name}`,
    why: 'the API server refuses its objects, so the whole Flux Kustomization never becomes ready',
    fix:
      thing === `namespace ${deployed.component.namespace}`
        ? "make it: new Namespace(this, 'namespace', { podSecurity: … }); or name the namespace of another component"
        : 'deploy the component that brings it, and name what it brings in its `provides`',
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
