import type { Cluster } from './cluster';
import type { Facts } from './facts';
import type { Finding } from './finding';
import { noSubstitutions, readSubstitutions } from './substitutions';

/**
 * Findings: clusters whose variables differ in their keys; a variable that no manifest and no patch uses.
 *
 * @param complete whether these are the facts of all components: otherwise nobody can say that a variable is unused
 */
export function variableFindings(clusters: readonly Cluster[], facts: readonly Facts[], complete: boolean): readonly Finding[] {
  const keys = new Set(clusters.flatMap((cluster) => Object.keys(cluster.variables)));
  const patched = noSubstitutions();
  for (const { deployed } of clusters) {
    for (const { patches } of deployed) for (const { change } of patches) readSubstitutions(JSON.stringify(change), patched);
  }
  const used = new Set([...facts.flatMap(({ substitutions }) => [...substitutions.variables]), ...patched.variables]);
  const missing = clusters.flatMap((cluster) =>
    [...keys].filter((key) => !Object.hasOwn(cluster.variables, key)).map((key) => missingKey(cluster, key)),
  );
  const unused = complete ? [...keys].filter((key) => !used.has(key)).map(unusedKey) : [];
  return [...missing, ...unused];
}

function missingKey(cluster: Cluster, key: string): Finding {
  return {
    rule: 'missing-variable',
    file: cluster.sourceFile,
    what: `${key} is missing in ${cluster.name}, but another cluster has it`,
    where: `variables of ${cluster.name}`,
    why: 'the components are the same in all clusters: the first one that uses it would stop this cluster',
    fix: `add ${key} to the variables in ${cluster.sourceFile}`,
  };
}

function unusedKey(key: string): Finding {
  return {
    rule: 'unused-variable',
    file: 'src/variables.ts',
    what: `no manifest uses \${${key}}`,
    where: `ClusterVariables.${key}`,
    why: 'whoever changes its value expects a change in a cluster, and gets none',
    fix: `remove ${key} from src/variables.ts and from the clusters, or use variable('${key}')`,
  };
}
