import type { Finding } from '../../src/flux/finding';
import type { Build } from './builder';
import type { ClusterTree, FluxKustomization } from './clusters';
import { type Additions, additionsOf } from './merge';
import { at, isPlain, listAt, nameOf, type Plain, readObjects, textAt, texts } from './plain';
import { isVariableName, SubstitutionError, substitute } from './substitute';

/** What came of checking one cluster. */
export interface Verdict {
  readonly cluster: string;
  readonly kustomizations: number;
  readonly objects: number;
  readonly patches: number;
  readonly foreign: readonly string[];
  /** Checks that passed: one for each Flux Kustomization, one for each patch. */
  readonly passed: number;
  readonly failed: number;
  readonly findings: readonly Finding[];
}

/** One object as kustomize printed it: Flux substitutes in the text, so the text is kept. */
interface Printed {
  readonly text: string;
  readonly object: Plain;
}

interface Checked {
  readonly kustomization: FluxKustomization;
  readonly printed: readonly Printed[];
  readonly findings: readonly Finding[];
}

const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

/** Builds, reads and substitutes everything that Flux would for a cluster, and takes each patch away once. */
export async function checkCluster(cluster: ClusterTree, build: Build): Promise<Verdict> {
  const built = await Promise.all(cluster.kustomizations.map((kustomization) => checkBuild(kustomization, build)));
  const sources = built.flatMap(({ printed }) => printed.map(({ object }) => object));
  const checked = built.map(({ kustomization, printed, findings }) => [...findings, ...checkVariables(kustomization, printed, sources)]);
  const patches = (
    await Promise.all(built.filter(({ findings }) => findings.length === 0).map((each) => checkPatches(each, build)))
  ).flat();
  const checks = [...checked, ...patches];
  return {
    cluster: cluster.name,
    kustomizations: built.length,
    objects: sources.length,
    patches: patches.length,
    foreign: cluster.foreign,
    passed: checks.filter((findings) => findings.length === 0).length,
    failed: checks.filter((findings) => findings.length > 0).length,
    findings: checks.flat(),
  };
}

const finding = (
  { name, namespace, file }: FluxKustomization,
  field: string,
  said: Pick<Finding, 'rule' | 'what' | 'why' | 'fix'>,
): Finding => ({
  file,
  where: `Kustomization ${namespace}/${name}, ${field}`,
  ...said,
});

async function checkBuild(kustomization: FluxKustomization, build: Build): Promise<Checked> {
  const { path, spec } = kustomization;
  const fail = (said: Pick<Finding, 'rule' | 'what' | 'why' | 'fix'>): Finding => finding(kustomization, `spec.path ${path}`, said);
  const built = await build(path, additionsOf(spec));
  if ('error' in built) {
    const said = {
      rule: 'builds',
      what: built.error,
      why: 'Flux says BuildFailed and applies nothing of it',
      fix: `correct what kustomize names, in ${path} or in spec.patches`,
    };
    return { kustomization, printed: [], findings: [fail(said)] };
  }
  let printed: readonly Printed[];
  try {
    printed = built.text.split(/^---$/m).flatMap((text) => readObjects(text).map((object) => ({ text, object })));
  } catch (error) {
    const said = {
      rule: 'builds',
      what: `what kustomize printed is no YAML: ${reason(error)}`,
      why: 'Flux cannot read it either',
      fix: 'report it: kustomize should not print this',
    };
    return { kustomization, printed: [], findings: [fail(said)] };
  }
  const findings: Finding[] = [];
  if (printed.length === 0) {
    findings.push(
      fail({
        rule: 'builds-something',
        what: 'it builds no object',
        why: 'Flux calls that a success, and with prune deletes what was there',
        fix: `list the files of ${path} in its kustomization.yaml, or remove the Flux Kustomization`,
      }),
    );
  }
  const seen = new Set<string>();
  for (const { object } of printed) {
    const group = textAt(object, 'apiVersion')?.split('/').slice(0, -1).join('/') ?? '';
    const identity = `${group} ${nameOf(object)}`;
    if (seen.has(identity)) {
      findings.push(
        fail({
          rule: 'unique-object',
          what: `${nameOf(object)} is built twice`,
          why: 'Flux refuses a build with the same object twice',
          fix: 'remove one of the two files from the kustomization.yaml, or rename one',
        }),
      );
    }
    seen.add(identity);
  }
  return { kustomization, printed, findings };
}

function checkVariables(kustomization: FluxKustomization, printed: readonly Printed[], sources: readonly Plain[]): readonly Finding[] {
  const { spec } = kustomization;
  const variables = new Map<string, string>();
  const findings: Finding[] = [];
  const inPostBuild = (said: Pick<Finding, 'rule' | 'what' | 'why' | 'fix'>): void =>
    void findings.push(finding(kustomization, 'spec.postBuild', said));
  for (const reference of listAt(spec, 'postBuild', 'substituteFrom')) {
    const name = `${textAt(reference, 'kind')} ${kustomization.namespace}/${textAt(reference, 'name')}`;
    const source = sources.find((object) => nameOf(object) === name);
    if (source === undefined) {
      if (at(reference, 'optional') !== true) {
        inPostBuild({
          rule: 'variables-exist',
          what: `nothing in this cluster makes ${name}`,
          why: 'Flux fails the build as long as it is absent',
          fix: `add ${name} to the cluster, or take it out of substituteFrom`,
        });
      }
      continue;
    }
    for (const [key, value] of valuesOf(source)) variables.set(key, value);
  }
  const inline = at(spec, 'postBuild', 'substitute');
  if (isPlain(inline)) for (const [key, value] of Object.entries(inline)) variables.set(key, String(value));
  for (const key of variables.keys()) {
    if (!isVariableName(key)) {
      inPostBuild({
        rule: 'variable-names',
        what: `${JSON.stringify(key)} is a key of the variables`,
        why: 'Flux takes every key for the name of a variable and fails at one that cannot be',
        fix: 'use letters, digits and _ only, or put the key into another ConfigMap',
      });
    }
  }
  if (findings.length > 0) return findings;

  for (const { text, object } of printed) {
    if (isLeftAlone(object)) continue;
    findings.push(...(variables.size === 0 ? leftOver(kustomization, object) : substituted(kustomization, text, object, variables)));
  }
  return findings;
}

/** The values Flux would find; a Secret's stay unknown where SOPS holds them, and any word will do in their place. */
function* valuesOf(source: Plain): Generator<readonly [string, string]> {
  const isSecret = source.kind === 'Secret';
  for (const field of isSecret ? ['data', 'stringData'] : ['data']) {
    const values = at(source, field);
    if (!isPlain(values)) continue;
    for (const [key, value] of Object.entries(values)) yield [key, isSecret ? 'secret' : String(value).replaceAll('\n', '')];
  }
}

function isLeftAlone(object: Plain): boolean {
  return ['labels', 'annotations'].some((field) => at(object, 'metadata', field, SUBSTITUTE) === 'disabled');
}

/** Without variables Flux leaves every text as it is: what looks like one would reach the cluster. */
function leftOver(kustomization: FluxKustomization, object: Plain): readonly Finding[] {
  const isFlux = textAt(object, 'apiVersion')?.startsWith('kustomize.toolkit.fluxcd.io/') ?? false;
  return [...texts(object)].flatMap(([path, text]) => {
    // A Flux Kustomization carries patches for another build, where they are substituted with the rest.
    if (!text.includes('${') || (isFlux && path.startsWith('spec.patches['))) return [];
    const shown = text.slice(text.indexOf('${')).split('\n', 1)[0]?.slice(0, 60);
    return [
      finding(kustomization, `${nameOf(object)}, ${path}`, {
        rule: 'variables-substituted',
        what: `${JSON.stringify(shown)} is left as it is`,
        why: 'this Flux Kustomization has no postBuild: the text itself reaches the cluster',
        fix: `add postBuild.substituteFrom, or annotate the object with ${SUBSTITUTE}: disabled if the text is meant`,
      }),
    ];
  });
}

function substituted(
  kustomization: FluxKustomization,
  text: string,
  object: Plain,
  variables: ReadonlyMap<string, string>,
): readonly Finding[] {
  const fail = (said: Pick<Finding, 'rule' | 'what' | 'why' | 'fix'>): readonly Finding[] => [finding(kustomization, nameOf(object), said)];
  let result: readonly Plain[];
  try {
    result = readObjects(substitute(text, variables));
  } catch (error) {
    const isSyntax = error instanceof SubstitutionError;
    return fail({
      rule: isSyntax ? 'variables-defined' : 'variables-keep-yaml',
      what: isSyntax ? reason(error) : `after substitution it is no YAML: ${reason(error)}`,
      why: 'Flux fails the build, and applies nothing of this Kustomization',
      fix: isSyntax
        ? 'define the variable in cluster-config, or write $${ for a text that is none'
        : 'correct the value in cluster-config: quotes do not survive kustomize',
    });
  }
  const [after] = result;
  if (result.length !== 1 || after === undefined) {
    return fail({
      rule: 'variables-keep-yaml',
      what: `after substitution it is ${result.length} objects`,
      why: 'Flux reads one',
      fix: 'correct the value in cluster-config',
    });
  }
  return [...mustBeText(after)].flatMap((path) =>
    fail({
      rule: 'variables-keep-text',
      what: `${path} is no longer a text after substitution: ${JSON.stringify(at(after, ...path.split(' ')))}`,
      why: 'kustomize drops the quotes around a variable, and the API server takes text only',
      fix: 'make the value one that cannot be a number or a boolean, or set it through a patch',
    }),
  );
}

/** Paths to what the API server takes as text only, and is something else. */
function* mustBeText(object: Plain): Generator<string> {
  const maps = [
    ['metadata', 'labels'],
    ['metadata', 'annotations'],
    ...(object.kind === 'ConfigMap' ? [['data']] : []),
    ...(object.kind === 'Secret' ? [['stringData']] : []),
  ];
  for (const path of maps) {
    const map = at(object, ...path);
    if (!isPlain(map)) continue;
    for (const [key, value] of Object.entries(map)) if (typeof value !== 'string') yield [...path, key].join(' ');
  }
}

/** Each patch taken away once: a build that stays the same shows a patch that does nothing, which kustomize never says. */
async function checkPatches({ kustomization }: Checked, build: Build): Promise<readonly (readonly Finding[])[]> {
  const { path, spec } = kustomization;
  const added = additionsOf(spec);
  const all = await build(path, added);
  return Promise.all(
    added.patches.map(async (patch, index) => {
      const without: Additions = { ...added, patches: added.patches.filter((_, other) => other !== index) };
      const built = await build(path, without);
      const isSame = 'text' in built && 'text' in all && built.text === all.text;
      if (!isSame) return [];
      const target = at(patch, 'target');
      const aim = isPlain(target)
        ? Object.entries(target)
            .map(([key, value]) => `${key}: ${String(value)}`)
            .join(', ')
        : 'no target';
      return [
        finding(kustomization, `spec.patches[${index}]`, {
          rule: 'patch-changes-something',
          what: `without this patch (${aim}) exactly the same is built`,
          why: 'kustomize passes over a patch whose target is not there, without a word: the cluster runs unpatched',
          fix: `correct the target or the path, or remove the patch`,
        }),
      ];
    }),
  );
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim().split('\n', 1)[0] ?? '';
