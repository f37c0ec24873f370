import { ofKind } from '../../effective';
import { at, defineRule, leaves } from '../rule';

/** Source: specification, "Cilium + CiliumNetworkPolicy Patterns". */
export const noIpBlock = defineRule({
  name: 'no-ip-block',
  ids: ['S17'],
  claim: 'no NetworkPolicy uses ipBlock',
  because: 'behind Cilium an address range never matches pods or nodes, so the API server is cut off',
  evidence: 'specification, "Cilium + CiliumNetworkPolicy Patterns"; cilium/cilium#20550',
  severity: 'error',
  fix: 'write a CiliumNetworkPolicy with entities or endpoints',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'NetworkPolicy')) {
      for (const [path] of leaves(at(on.object, 'spec'))) {
        if (!path.endsWith('.ipBlock.cidr')) continue;
        yield {
          on,
          at: `spec.${path}`,
          found: 'a NetworkPolicy with ipBlock',
          fix: 'write a CiliumNetworkPolicy with toKubeApi(), toEntities() or toNamespace()',
        };
      }
    }
  },
});
